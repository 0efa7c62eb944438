#include "flow.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    UDP = 17,
    SOCKET_BUFFER_BYTES = 1 << 20,
    FIRST_PATIENCE_MILLIS = 500, /* RFC 8489 section 6.2.1: doubled with each retransmission */
    ATTEMPTS = 5,
    ROUNDS = 3,                  /* unsigned, signed, signed with a fresh nonce */
    ALLOCATION_MISMATCH = 437,
    OTHER_PORTS = 64
};

static int open_socket(struct in_addr address) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr = address};
    if (fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof local) != 0) {
        perror("relaybench: socket");
        exit(2);
    }
    int bytes = SOCKET_BUFFER_BYTES;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    return fd;
}

static void connect_to(int fd, const struct sockaddr_in *address) {
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) != 0) {
        perror("relaybench: connect");
        exit(2);
    }
}

/* Sends a request until it is answered. Answers 1, or 0 when the server stays silent. */
static int exchange(int fd, const struct stun_message *request, struct stun_message *answer) {
    int patience_millis = FIRST_PATIENCE_MILLIS;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++, patience_millis *= 2) {
        if (send(fd, request->bytes, request->length, 0) < 0 && errno != ECONNREFUSED) return 0;
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        while (poll(&waiting, 1, patience_millis) > 0) {
            ssize_t length = recv(fd, answer->bytes, sizeof answer->bytes, 0);
            if (length < 0) break;
            answer->length = (size_t)length;
            if (stun_answers(answer, request)) return 1;
        }
    }
    return 0;
}

static void copy_text(char *target, struct stun_attribute source) {
    if (source.bytes == NULL || source.length >= STUN_TEXT_BYTES) return;
    memcpy(target, source.bytes, source.length);
    target[source.length] = 0;
}

/* Fills in what a request of this type carries besides the credential. */
typedef void request_writer(struct stun_message *request, const void *argument);

/* Makes a request, and again with the realm and nonce that a refusal teaches. Answers as flow_open does. */
static int ask(struct flow *flow, uint16_t type, request_writer *write, const void *argument,
               struct stun_message *answer) {
    int refusal = -1;
    for (int round = 0; round < ROUNDS; round++) {
        struct stun_message request;
        stun_begin(&request, type);
        write(&request, argument);
        if (flow->credential.nonce[0] != 0) stun_sign(&request, &flow->credential);
        if (!exchange(flow->client, &request, answer)) return -1;
        if (stun_is_success(answer)) return 0;
        refusal = stun_error_code(answer);
        if (refusal != 401 && refusal != 438) break;
        copy_text(flow->credential.realm, stun_find(answer, ATTRIBUTE_REALM));
        copy_text(flow->credential.nonce, stun_find(answer, ATTRIBUTE_NONCE));
    }
    return refusal;
}

static void write_allocate(struct stun_message *request, const void *nothing) {
    (void)nothing;
    const uint8_t transport[4] = {UDP};
    stun_add(request, ATTRIBUTE_REQUESTED_TRANSPORT, transport, sizeof transport);
}

static void write_channel_bind(struct stun_message *request, const void *peer) {
    const uint8_t number[4] = {FLOW_CHANNEL >> 8, FLOW_CHANNEL & 0xFF};
    stun_add(request, ATTRIBUTE_CHANNEL_NUMBER, number, sizeof number);
    stun_add_address(request, ATTRIBUTE_XOR_PEER_ADDRESS, peer);
}

static void write_end(struct stun_message *request, const void *nothing) {
    (void)nothing;
    const uint8_t now[4] = {0};
    stun_add(request, ATTRIBUTE_LIFETIME, now, sizeof now);
}

int flow_open(struct flow *flow, const struct sockaddr_in *server, struct in_addr local, const struct in_addr peer) {
    struct stun_message answer = {.length = 0};
    int refusal = -1;
    /* A port whose earlier allocation still lives is refused with 437: another port will do. */
    for (int port = 0; port < OTHER_PORTS; port++) {
        flow->client = open_socket(local);
        connect_to(flow->client, server);
        refusal = ask(flow, REQUEST_ALLOCATE, write_allocate, NULL, &answer);
        if (refusal != ALLOCATION_MISMATCH) break;
        close(flow->client);
    }
    struct sockaddr_in relayed, peer_address;
    if (refusal != 0 || !stun_read_address(stun_find(&answer, ATTRIBUTE_XOR_RELAYED_ADDRESS), &relayed)) return refusal;
    flow->peer = open_socket(peer);
    socklen_t length = sizeof peer_address;
    getsockname(flow->peer, (struct sockaddr *)&peer_address, &length);
    connect_to(flow->peer, &relayed);
    return ask(flow, REQUEST_CHANNEL_BIND, write_channel_bind, &peer_address, &answer);
}

void flow_close(struct flow *flow) {
    struct stun_message answer;
    ask(flow, REQUEST_REFRESH, write_end, NULL, &answer);
    close(flow->client);
    close(flow->peer);
}
