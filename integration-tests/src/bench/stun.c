#include "stun.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

/*  0                   1                   2                   3
 *  |0 0|  message type (14 bits)  |  length without this header    |
 *  |                  magic cookie 0x2112A442                      |
 *  |                  transaction id (96 bits)                     |
 */
static const uint8_t MAGIC_COOKIE[4] = {0x21, 0x12, 0xA4, 0x42};

enum { INTEGRITY_ATTRIBUTE_BYTES = 24, CLASS_BITS = 0x0110, CLASS_SUCCESS = 0x0100, FAMILY_IPV4 = 1 };

static uint16_t read16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }

static void write16(uint8_t *at, size_t value) {
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static size_t padded(size_t length) { return (length + 3) & ~(size_t)3; }

void stun_begin(struct stun_message *message, uint16_t type) {
    write16(message->bytes, type);
    write16(message->bytes + 2, 0);
    memcpy(message->bytes + 4, MAGIC_COOKIE, sizeof MAGIC_COOKIE);
    RAND_bytes(message->bytes + 8, 12);
    message->length = STUN_HEADER_BYTES;
}

void stun_add(struct stun_message *message, uint16_t attribute, const void *value, size_t length) {
    uint8_t *at = message->bytes + message->length;
    write16(at, attribute);
    write16(at + 2, length);
    memset(at + 4, 0, padded(length));
    memcpy(at + 4, value, length);
    message->length += 4 + padded(length);
    write16(message->bytes + 2, message->length - STUN_HEADER_BYTES);
}

/* The port is hidden by the cookie's upper half, the address by all of it (RFC 8489 section 14.2). */
void stun_add_address(struct stun_message *message, uint16_t attribute, const struct sockaddr_in *address) {
    uint8_t value[8] = {0, FAMILY_IPV4};
    memcpy(value + 2, &address->sin_port, 2);
    memcpy(value + 4, &address->sin_addr, 4);
    for (int i = 0; i < 2; i++) value[2 + i] ^= MAGIC_COOKIE[i];
    for (int i = 0; i < 4; i++) value[4 + i] ^= MAGIC_COOKIE[i];
    stun_add(message, attribute, value, sizeof value);
}

int stun_read_address(struct stun_attribute attribute, struct sockaddr_in *address) {
    if (attribute.bytes == NULL || attribute.length != 8 || attribute.bytes[1] != FAMILY_IPV4) return 0;
    uint8_t plain[6];
    for (int i = 0; i < 2; i++) plain[i] = attribute.bytes[2 + i] ^ MAGIC_COOKIE[i];
    for (int i = 0; i < 4; i++) plain[2 + i] = attribute.bytes[4 + i] ^ MAGIC_COOKIE[i];
    *address = (struct sockaddr_in){.sin_family = AF_INET};
    memcpy(&address->sin_port, plain, 2);
    memcpy(&address->sin_addr, plain + 2, 4);
    return 1;
}

void stun_sign(struct stun_message *message, const struct stun_credential *credential) {
    stun_add(message, ATTRIBUTE_USERNAME, credential->username, strlen(credential->username));
    stun_add(message, ATTRIBUTE_REALM, credential->realm, strlen(credential->realm));
    stun_add(message, ATTRIBUTE_NONCE, credential->nonce, strlen(credential->nonce));
    char text[3 * STUN_TEXT_BYTES];
    int length =
        snprintf(text, sizeof text, "%s:%s:%s", credential->username, credential->realm, credential->password);
    uint8_t key[EVP_MAX_MD_SIZE], mac[EVP_MAX_MD_SIZE];
    unsigned key_length = 0, mac_length = 0;
    EVP_Digest(text, (size_t)length, key, &key_length, EVP_md5(), NULL);
    /* The signed length already counts the integrity attribute (RFC 8489 section 14.5). */
    write16(message->bytes + 2, message->length - STUN_HEADER_BYTES + INTEGRITY_ATTRIBUTE_BYTES);
    HMAC(EVP_sha1(), key, (int)key_length, message->bytes, message->length, mac, &mac_length);
    stun_add(message, ATTRIBUTE_MESSAGE_INTEGRITY, mac, mac_length);
}

struct stun_attribute stun_find(const struct stun_message *message, uint16_t attribute) {
    size_t at = STUN_HEADER_BYTES;
    while (at + 4 <= message->length) {
        size_t length = read16(message->bytes + at + 2);
        if (at + 4 + length > message->length) break;
        if (read16(message->bytes + at) == attribute) {
            return (struct stun_attribute){message->bytes + at + 4, length};
        }
        at += 4 + padded(length);
    }
    return (struct stun_attribute){NULL, 0};
}

int stun_is_success(const struct stun_message *message) {
    return (read16(message->bytes) & CLASS_BITS) == CLASS_SUCCESS;
}

int stun_error_code(const struct stun_message *message) {
    struct stun_attribute error = stun_find(message, ATTRIBUTE_ERROR_CODE);
    return error.bytes != NULL && error.length >= 4 ? error.bytes[2] * 100 + error.bytes[3] : 0;
}

int stun_answers(const struct stun_message *answer, const struct stun_message *request) {
    return answer->length >= STUN_HEADER_BYTES && memcmp(answer->bytes + 4, request->bytes + 4, 16) == 0;
}

void stun_password_from_secret(const char *secret, struct stun_credential *credential) {
    uint8_t mac[EVP_MAX_MD_SIZE];
    unsigned mac_length = 0;
    HMAC(EVP_sha1(), secret, (int)strlen(secret), (const uint8_t *)credential->username,
         strlen(credential->username), mac, &mac_length);
    EVP_EncodeBlock((uint8_t *)credential->password, mac, (int)mac_length);
}
