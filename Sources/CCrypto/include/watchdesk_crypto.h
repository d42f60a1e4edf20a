// The few functions of libcrypto that Watchdesk uses. Each returns 0 on success and -1 when libcrypto refuses.
#ifndef WATCHDESK_CRYPTO_H
#define WATCHDESK_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

// SHA-256 (FIPS 180-4) of count bytes into 32 bytes.
int wd_sha256(const uint8_t *bytes, size_t count, uint8_t *digest);

// HMAC-SHA-256 (RFC 2104) of count bytes under a key into 32 bytes.
int wd_hmac_sha256(
    const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *digest);

// Fills count bytes from libcrypto's generator, which the kernel seeds.
int wd_random_bytes(uint8_t *bytes, size_t count);

// 1 when both hold the same count bytes, 0 otherwise; takes as long either way.
int wd_equal_in_constant_time(const uint8_t *left, const uint8_t *right, size_t count);

#endif
