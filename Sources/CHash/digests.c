#include "chash.h"

#include <string.h>

// MD5 (RFC 1321), SHA-1 and SHA-512 (FIPS 180-4). Templates name things by them; nothing secret
// depends on their strength.

static uint32_t left(uint32_t word, int count) { return word << count | word >> (32 - count); }

static uint64_t right(uint64_t word, int count) { return word >> count | word << (64 - count); }

static uint64_t load(const uint8_t *bytes, int width) {
  uint64_t word = 0;
  for (int index = 0; index < width; index++) word = word << 8 | bytes[index];
  return word;
}

static void store(uint8_t *bytes, uint64_t word, int width) {
  for (int index = width - 1; index >= 0; index--, word >>= 8) bytes[index] = (uint8_t)word;
}

typedef void (*compression)(void *state, const uint8_t *block);

/// Gives all blocks of a text to `take`: behind the text a one bit, zeros, and its length in bits.
static void take_all(compression take, void *state, size_t size, int is_little_endian,
                     const uint8_t *bytes, size_t length) {
  const uint64_t bits = (uint64_t)length << 3;
  for (; length >= size; bytes += size, length -= size) take(state, bytes);
  uint8_t block[128] = {0};
  if (length > 0) memcpy(block, bytes, length);
  block[length] = 0x80;
  // The length is as wide as two words of the state; its upper half is zero here.
  if (length + 1 > size - size / 8) {
    take(state, block);
    memset(block, 0, sizeof block);
  }
  for (int index = 0; index < 8; index++) {
    const uint8_t byte = (uint8_t)(bits >> (8 * index));
    block[is_little_endian ? size - 8 + index : size - 1 - index] = byte;
  }
  take(state, block);
}

static const uint32_t md5_sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static void md5_block(void *context, const uint8_t *block) {
  static const int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t *state = context;
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (int index = 0; index < 64; index++) {
    uint32_t mix;
    int place;
    switch (index / 16) {
      case 0: mix = (b & c) | (~b & d); place = index; break;
      case 1: mix = (b & d) | (c & ~d); place = (5 * index + 1) % 16; break;
      case 2: mix = b ^ c ^ d; place = (3 * index + 5) % 16; break;
      default: mix = c ^ (b | ~d); place = (7 * index) % 16;
    }
    const uint8_t *at = block + 4 * place;
    const uint32_t word = at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
    const uint32_t sum = a + mix + md5_sines[index] + word;
    a = d;
    d = c;
    c = b;
    b += left(sum, turns[index / 16][index % 4]);
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

void chash_md5(const uint8_t *bytes, size_t length, uint8_t digest[16]) {
  uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  take_all(md5_block, state, 64, 1, bytes, length);
  for (int index = 0; index < 16; index++) {
    digest[index] = (uint8_t)(state[index / 4] >> (8 * (index % 4)));
  }
}

static void sha1_block(void *context, const uint8_t *block) {
  static const uint32_t constants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  uint32_t *state = context;
  uint32_t words[80];
  for (int index = 0; index < 16; index++) words[index] = (uint32_t)load(block + 4 * index, 4);
  for (int index = 16; index < 80; index++) {
    words[index] =
        left(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1);
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int index = 0; index < 80; index++) {
    uint32_t mix;
    switch (index / 20) {
      case 0: mix = (b & c) | (~b & d); break;
      case 2: mix = (b & c) | (b & d) | (c & d); break;
      default: mix = b ^ c ^ d;
    }
    const uint32_t sum = left(a, 5) + mix + e + constants[index / 20] + words[index];
    e = d;
    d = c;
    c = left(b, 30);
    b = a;
    a = sum;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

void chash_sha1(const uint8_t *bytes, size_t length, uint8_t digest[20]) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  take_all(sha1_block, state, 64, 0, bytes, length);
  for (int index = 0; index < 5; index++) store(digest + 4 * index, state[index], 4);
}

static const uint64_t sha512_constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static void sha512_block(void *context, const uint8_t *block) {
  uint64_t *state = context;
  uint64_t words[80];
  for (int index = 0; index < 16; index++) words[index] = load(block + 8 * index, 8);
  for (int index = 16; index < 80; index++) {
    const uint64_t early = words[index - 15], late = words[index - 2];
    words[index] = words[index - 16] + (right(early, 1) ^ right(early, 8) ^ early >> 7) +
                   words[index - 7] + (right(late, 19) ^ right(late, 61) ^ late >> 6);
  }
  uint64_t v[8];
  memcpy(v, state, sizeof v);
  for (int index = 0; index < 80; index++) {
    const uint64_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    const uint64_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    const uint64_t first = v[7] + (right(v[4], 14) ^ right(v[4], 18) ^ right(v[4], 41)) + choice +
                           sha512_constants[index] + words[index];
    const uint64_t second = (right(v[0], 28) ^ right(v[0], 34) ^ right(v[0], 39)) + majority;
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += first;
    v[0] = first + second;
  }
  for (int index = 0; index < 8; index++) state[index] += v[index];
}

void chash_sha512(const uint8_t *bytes, size_t length, uint8_t digest[64]) {
  uint64_t state[8] = {
      0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
  };
  take_all(sha512_block, state, 128, 0, bytes, length);
  for (int index = 0; index < 8; index++) store(digest + 8 * index, state[index], 8);
}
