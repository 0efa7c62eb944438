/* STUN messages as a TURN client needs them: build, sign, read (RFC 8489 sections 5, 14 and 15). */
#ifndef PARLEY_BENCH_STUN_H
#define PARLEY_BENCH_STUN_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STUN_HEADER_BYTES = 20,
    STUN_MESSAGE_BYTES = 1500,
    STUN_TEXT_BYTES = 768,

    REQUEST_ALLOCATE = 0x0003,
    REQUEST_REFRESH = 0x0004,
    REQUEST_CHANNEL_BIND = 0x0009,

    ATTRIBUTE_USERNAME = 0x0006,
    ATTRIBUTE_MESSAGE_INTEGRITY = 0x0008,
    ATTRIBUTE_ERROR_CODE = 0x0009,
    ATTRIBUTE_CHANNEL_NUMBER = 0x000C,
    ATTRIBUTE_LIFETIME = 0x000D,
    ATTRIBUTE_XOR_PEER_ADDRESS = 0x0012,
    ATTRIBUTE_REALM = 0x0014,
    ATTRIBUTE_NONCE = 0x0015,
    ATTRIBUTE_XOR_RELAYED_ADDRESS = 0x0016,
    ATTRIBUTE_REQUESTED_TRANSPORT = 0x0019
};

/* A message under construction or just received. */
struct stun_message {
    uint8_t bytes[STUN_MESSAGE_BYTES];
    size_t length;
};

/* A long-term credential (RFC 8489 section 9.2) and what the server told about itself. */
struct stun_credential {
    char username[STUN_TEXT_BYTES];
    char password[STUN_TEXT_BYTES];
    char realm[STUN_TEXT_BYTES];
    char nonce[STUN_TEXT_BYTES];
};

/* A view into a received message; bytes is null where the attribute is absent. */
struct stun_attribute {
    const uint8_t *bytes;
    size_t length;
};

void stun_begin(struct stun_message *message, uint16_t type);
void stun_add(struct stun_message *message, uint16_t attribute, const void *value, size_t length);
void stun_add_address(struct stun_message *message, uint16_t attribute, const struct sockaddr_in *address);
void stun_sign(struct stun_message *message, const struct stun_credential *credential);

struct stun_attribute stun_find(const struct stun_message *message, uint16_t attribute);
int stun_is_success(const struct stun_message *message);
int stun_error_code(const struct stun_message *message);
int stun_answers(const struct stun_message *answer, const struct stun_message *request);
int stun_read_address(struct stun_attribute attribute, struct sockaddr_in *address);

/* The time-limited REST form: the password is base64(HMAC-SHA1(secret, username)). */
void stun_password_from_secret(const char *secret, struct stun_credential *credential);

#endif
