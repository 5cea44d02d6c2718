#ifndef CHASH_H
#define CHASH_H

#include <stddef.h>
#include <stdint.h>

/// Takes whole blocks of 64 bytes into the state of a SHA-256, with the processor's instructions for
/// it where it has them.
void chash_sha256(uint32_t state[8], const uint8_t *bytes, size_t blocks);

/// Digests of whole texts.
void chash_md5(const uint8_t *bytes, size_t length, uint8_t digest[16]);
void chash_sha1(const uint8_t *bytes, size_t length, uint8_t digest[20]);
void chash_sha512(const uint8_t *bytes, size_t length, uint8_t digest[64]);

#endif
