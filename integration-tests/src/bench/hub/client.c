#define _GNU_SOURCE /* memmem */
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TEXT = 0x81, PING = 0x89, PONG = 0x8A, CLOSE = 0x88, MASKED = 0x80 };

static void append(struct client_bytes *bytes, const void *data, size_t length) {
    if (bytes->length + length > bytes->capacity) {
        bytes->capacity = (bytes->length + length) * 2;
        bytes->data = realloc(bytes->data, bytes->capacity);
        if (bytes->data == NULL) abort();
    }
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
}

static void empty(struct client_bytes *bytes) {
    free(bytes->data);
    *bytes = (struct client_bytes){0};
}

static void end(struct client *client) {
    if (client->state != CLIENT_CLOSED) close(client->socket);
    client->state = CLIENT_CLOSED;
    empty(&client->in);
    empty(&client->out);
}

void client_open(struct client *client, const struct sockaddr_in *server, struct in_addr local, int receive_bytes,
                 const char *request) {
    int on = 1;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = local};
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (client->socket < 0) {
        perror("hubbench: socket");
        exit(2);
    }
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(client->socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (receive_bytes > 0) setsockopt(client->socket, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    if (bind(client->socket, (struct sockaddr *)&from, sizeof from) != 0) {
        perror("hubbench: bind");
        exit(2);
    }
    if (connect(client->socket, (const struct sockaddr *)server, sizeof *server) != 0 && errno != EINPROGRESS) {
        perror("hubbench: connect");
        exit(3);
    }
    client->state = CLIENT_UPGRADING;
    client->greeted = 0;
    client->heard_seq = 0;
    append(&client->out, request, strlen(request));
}

void client_flush(struct client *client) {
    if (client->state == CLIENT_CLOSED || client->out.length == 0) return;
    ssize_t written = send(client->socket, client->out.data, client->out.length, MSG_NOSIGNAL);
    if (written < 0) {
        if (errno != EAGAIN && errno != ENOTCONN) end(client);
        return;
    }
    client->out.length -= (size_t)written;
    if (client->out.length == 0) empty(&client->out);
    else memmove(client->out.data, client->out.data + written, client->out.length);
}

/* A client has to mask; a mask of zeroes is one. */
static void frame(struct client *client, uint8_t head, const char *data, size_t length) {
    uint8_t start[14] = {head};
    size_t size = 2;
    if (length < 126) {
        start[1] = (uint8_t)(MASKED | length);
    } else {
        start[1] = MASKED | 126;
        start[2] = (uint8_t)(length >> 8);
        start[3] = (uint8_t)length;
        size = 4;
    }
    append(&client->out, start, size + 4);
    append(&client->out, data, length);
    client_flush(client);
}

void client_send(struct client *client, const char *text, size_t length) {
    if (client->state == CLIENT_OPEN) frame(client, TEXT, text, length);
}

/* How many bytes the next frame has, 0 if it is not whole; servers do not mask. */
static size_t frame_size(const uint8_t *at, size_t left, size_t *head) {
    if (left < 2) return 0;
    uint64_t length = at[1] & 0x7F;
    *head = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (left < *head) return 0;
    for (size_t i = 2, wide = length >= 126; wide && i < *head; i++) length = i == 2 ? at[i] : length << 8 | at[i];
    return left - *head >= length ? *head + (size_t)length : 0;
}

static size_t take_answer(struct client *client, char *data, size_t length) {
    char *end_of_head = memmem(data, length, "\r\n\r\n", 4);
    if (end_of_head == NULL) return 0;
    if (memcmp(data, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "hubbench: client %d: %.*s\n", client->index, 60, data);
        end(client);
        return length;
    }
    client->state = CLIENT_OPEN;
    return (size_t)(end_of_head + 4 - data);
}

static size_t take_frame(struct client *client, char *data, size_t length, client_heard *heard, void *context) {
    size_t head = 0, size = frame_size((uint8_t *)data, length, &head);
    if (size == 0) return 0;
    uint8_t kind = (uint8_t)data[0];
    if (kind == TEXT) {
        char after = data[size];
        data[size] = 0;
        heard(client, data + head, size - head, context);
        data[size] = after;
    } else if (kind == PING) {
        frame(client, PONG, data + head, size - head);
    } else if (kind == CLOSE) {
        end(client);
    }
    return size;
}

int client_read(struct client *client, client_heard *heard, void *context) {
    static char buffer[CLIENT_READ_BYTES + 1];
    size_t length = client->in.length;
    if (length > 0) memcpy(buffer, client->in.data, length);
    ssize_t count = recv(client->socket, buffer + length, CLIENT_READ_BYTES - length, 0);
    if (count < 0 && errno == EAGAIN) return 0;
    empty(&client->in);
    if (count <= 0) {
        end(client);
        return 0;
    }
    length += (size_t)count;
    size_t at = 0, taken = 1;
    while (taken > 0 && at < length && client->state != CLIENT_CLOSED) {
        taken = client->state == CLIENT_UPGRADING ? take_answer(client, buffer + at, length - at)
                                                  : take_frame(client, buffer + at, length - at, heard, context);
        at += taken;
    }
    if (client->state != CLIENT_CLOSED && at < length) append(&client->in, buffer + at, length - at);
    return client->state != CLIENT_CLOSED;
}

void client_cut(struct client *client) {
    struct linger at_once = {.l_onoff = 1};
    if (client->state != CLIENT_CLOSED) {
        setsockopt(client->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    end(client);
}
