#include "watchdesk_crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

int wd_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
    return SHA256(count ? bytes : (const uint8_t *)"", count, digest) ? 0 : -1;
}

int wd_hmac_sha256(
    const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *digest) {
    unsigned int length = 0;
    if (key_count > INT_MAX) return -1;
    const uint8_t *nothing = (const uint8_t *)"";
    unsigned char *result = HMAC(
        EVP_sha256(), key_count ? key : nothing, (int)key_count, count ? bytes : nothing, count, digest, &length);
    return result && length == 32 ? 0 : -1;
}

int wd_random_bytes(uint8_t *bytes, size_t count) {
    if (count > INT_MAX) return -1;
    return RAND_bytes(bytes, (int)count) == 1 ? 0 : -1;
}

int wd_equal_in_constant_time(const uint8_t *left, const uint8_t *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}
