#ifndef CHASH_H
#define CHASH_H

#include <stddef.h>
#include <stdint.h>

/// Takes whole blocks of 64 bytes into the state of a SHA-256, with the processor's instructions for
/// it where it has them.
void chash_sha256(uint32_t state[8], const uint8_t *bytes, size_t blocks);

#endif
