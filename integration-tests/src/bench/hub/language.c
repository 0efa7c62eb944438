#include "language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct language LANGUAGES[] = {
    {"peerjs", "/peerjs/peerjs", "?key=peerjs&id=bench%d&token=t%d", 0},
    {"topics", "/topics", "", 0},
    {"parley", "/ws", "", 1},
};

enum { PEERJS, TOPICS, PARLEY };

static int kind_of(const struct language *language) {
    return (int)(language - LANGUAGES);
}

const struct language *language_find(const char *name) {
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++) {
        if (strcmp(LANGUAGES[i].name, name) == 0) return &LANGUAGES[i];
    }
    return NULL;
}

void language_request(const struct language *language, const char *path, int index,
                      char request[CLIENT_REQUEST_BYTES]) {
    char query[128];
    snprintf(query, sizeof query, language->query, index, index);
    snprintf(request, CLIENT_REQUEST_BYTES,
             "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
             path, query, language->subprotocol ? "Sec-WebSocket-Protocol: parley.v1\r\n" : "");
}

size_t language_greeting(const struct language *language, int group, char *text, size_t room) {
    switch (kind_of(language)) {
        case TOPICS:
            return (size_t)snprintf(text, room, "{\"type\":\"subscribe\",\"topics\":[\"group%d\"]}", group);
        case PARLEY: return (size_t)snprintf(text, room, "{\"type\":\"hello\"}");
        default: return 0;
    }
}

size_t language_joining(const struct language *language, const char *heard, int group, char *text, size_t room) {
    int is_due = kind_of(language) == PARLEY && strstr(heard, "\"welcome\"") != NULL;
    return is_due ? (size_t)snprintf(text, room, "{\"type\":\"join\",\"room\":\"group%d\"}", group) : 0;
}

int language_is_welcome(const struct language *language, const char *text) {
    if (text == NULL) return kind_of(language) == TOPICS;
    return strstr(text, kind_of(language) == PARLEY ? "\"joined\"" : "\"OPEN\"") != NULL;
}

size_t language_message(const struct language *language, const struct client *from, int to, int group,
                        unsigned long long stamp, size_t bytes, char *text, size_t room) {
    int length = 0;
    switch (kind_of(language)) {
        case PEERJS:
            length = snprintf(text, room, "{\"type\":\"OFFER\",\"dst\":\"bench%d\",\"payload\":", to);
            break;
        case TOPICS:
            length = snprintf(text, room, "{\"type\":\"publish\",\"topic\":\"group%d\",\"data\":", group);
            break;
        default:
            length = snprintf(text, room, "{\"type\":\"signal\",\"room\":\"group%d\",\"ack\":%ld,\"data\":", group,
                              from->heard_seq);
    }
    length += snprintf(text + length, room - (size_t)length, "{\"by\":%d,\"stamp\":%llu,\"pad\":\"", from->index,
                       stamp);
    size_t at = (size_t)length;
    while (at + 3 < bytes && at + 3 < room) text[at++] = 'x';
    memcpy(text + at, "\"}}", 3);
    return at + 3;
}

int language_read(const char *text, int *speaker, unsigned long long *stamp) {
    const char *at = strstr(text, "\"by\":");
    return at != NULL && sscanf(at, "\"by\":%d,\"stamp\":%llu", speaker, stamp) == 2;
}
