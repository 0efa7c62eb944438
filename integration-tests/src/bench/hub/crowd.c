#include "crowd.h"

#include "../meter.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS = 256, TEXT_BYTES = 65536, SLOW_RECEIVE_BYTES = 4096 };

static int group_of(const struct crowd *crowd, const struct client *client) {
    return (crowd->first + client->index) / crowd->group_size;
}

static void greeted(struct crowd *crowd, struct client *client) {
    if (!client->greeted) crowd->greeted++;
    client->greeted = 1;
}

static void note_number(struct client *client, const char *text) {
    const char *seq = strncmp(text, "{\"seq\":", 7) == 0 ? text + 7 : NULL;
    if (seq != NULL) client->heard_seq = atol(seq);
}

static void hear(struct client *client, const char *text, size_t length, void *context) {
    struct crowd *crowd = context;
    char answer[TEXT_BYTES];
    (void)length;
    note_number(client, text);
    int speaker;
    unsigned long long stamp;
    if (client->greeted) {
        if (language_read(text, &speaker, &stamp)) crowd->heard(crowd, client, speaker, stamp);
    } else {
        size_t said = language_joining(crowd->language, text, group_of(crowd, client), answer, sizeof answer);
        if (said > 0) client_send(client, answer, said);
        if (language_is_welcome(crowd->language, text)) greeted(crowd, client);
    }
}

static int is_slow(const struct crowd *crowd, int index) {
    return index >= crowd->size - crowd->slow;
}

static void begin(struct crowd *crowd, int index) {
    char request[CLIENT_REQUEST_BYTES];
    struct client *client = &crowd->clients[index];
    client->index = index;
    language_request(crowd->language, crowd->path, crowd->first + index, request);
    struct in_addr local = {htonl(ntohl(crowd->first_address.s_addr) + (uint32_t)(index % crowd->spread))};
    client_open(client, &crowd->server, local, is_slow(crowd, index) ? SLOW_RECEIVE_BYTES : 0, request);
    struct epoll_event interest = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = client};
    epoll_ctl(crowd->poller, EPOLL_CTL_ADD, client->socket, &interest);
}

static void serve(struct crowd *crowd, struct client *client, uint32_t events) {
    if (client->state == CLIENT_CLOSED) return;
    int was_open = client->state == CLIENT_OPEN;
    if (events & EPOLLOUT) client_flush(client);
    int is_deaf = crowd->slow_are_deaf && is_slow(crowd, client->index);
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && !is_deaf) {
        while (client_read(client, hear, crowd)) {}
    }
    if (!was_open && client->state == CLIENT_OPEN) {
        char text[TEXT_BYTES];
        size_t said = language_greeting(crowd->language, group_of(crowd, client), text, sizeof text);
        if (said > 0) client_send(client, text, said);
        if (language_is_welcome(crowd->language, NULL)) greeted(crowd, client);
    }
}

static void serve_once(struct crowd *crowd, int wait_millis) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(crowd->poller, events, EVENTS, wait_millis);
    for (int i = 0; i < count; i++) serve(crowd, events[i].data.ptr, events[i].events);
}

int crowd_open(struct crowd *crowd, int at_once, double patience_seconds) {
    uint64_t deadline = meter_now_nanos() + (uint64_t)(patience_seconds * 1e9);
    if (crowd->clients == NULL) crowd->clients = calloc((size_t)crowd->size, sizeof *crowd->clients);
    if (crowd->clients == NULL) abort();
    if (crowd->poller == 0) crowd->poller = epoll_create1(EPOLL_CLOEXEC);
    crowd->greeted = 0;
    int begun = 0;
    while (crowd->greeted < crowd->size && meter_now_nanos() < deadline) {
        while (begun < crowd->size && begun - crowd->greeted < at_once) begin(crowd, begun++);
        serve_once(crowd, 100);
    }
    return crowd->greeted;
}

void crowd_cut(struct crowd *crowd) {
    for (int i = 0; i < crowd->size; i++) client_cut(&crowd->clients[i]);
}

void crowd_serve(struct crowd *crowd, uint64_t until_nanos) {
    for (uint64_t now = meter_now_nanos(); now < until_nanos; now = meter_now_nanos()) {
        uint64_t left_millis = (until_nanos - now) / 1000000u;
        serve_once(crowd, left_millis > 100 ? 100 : (int)left_millis);
    }
}

void crowd_say(struct crowd *crowd, struct client *from, int to) {
    static char text[TEXT_BYTES];
    size_t length = language_message(crowd->language, from, crowd->first + to, group_of(crowd, from), meter_now_nanos(),
                                     (size_t)crowd->bytes, text, sizeof text);
    client_send(from, text, length);
}

int crowd_connected(const struct crowd *crowd, int from, int to) {
    int connected = 0;
    for (int i = from; i < to; i++) connected += crowd->clients[i].state == CLIENT_OPEN;
    return connected;
}
