#define _GNU_SOURCE
#include "load.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

/*
 * A payload:   | sequence number (8) | time of sending (8) | filling | tail (8) |
 * The tail follows from the number, so that a packet that was cut or mixed up shows.
 */
enum { CHANNEL_HEADER_BYTES = 4, INCOMING_BYTES = 2048, INCOMING = 32, EVENTS = 128, POLL_MILLIS = 20 };

/* When nothing at all arrives for so long, what was under way is lost. */
static const uint64_t STALL_NANOS = 500000000u;

static uint8_t outgoing[LOAD_LARGEST_BURST][CHANNEL_HEADER_BYTES + LOAD_LARGEST_BYTES];
static uint8_t incoming[INCOMING][INCOMING_BYTES];
static struct mmsghdr out_headers[LOAD_LARGEST_BURST], in_headers[INCOMING];
static struct iovec out_vectors[LOAD_LARGEST_BURST], in_vectors[INCOMING];

void load_prepare(const struct load_shape *shape) {
    uint8_t number_and_length[CHANNEL_HEADER_BYTES] = {FLOW_CHANNEL >> 8, FLOW_CHANNEL & 0xFF,
                                                       (uint8_t)(shape->bytes >> 8), (uint8_t)shape->bytes};
    size_t header = shape->upwards ? CHANNEL_HEADER_BYTES : 0;
    for (int i = 0; i < LOAD_LARGEST_BURST; i++) {
        memcpy(outgoing[i], number_and_length, header);
        out_vectors[i] = (struct iovec){outgoing[i], header + (size_t)shape->bytes};
        out_headers[i].msg_hdr = (struct msghdr){.msg_iov = &out_vectors[i], .msg_iovlen = 1};
    }
    for (int i = 0; i < INCOMING; i++) {
        in_vectors[i] = (struct iovec){incoming[i], INCOMING_BYTES};
        in_headers[i].msg_hdr = (struct msghdr){.msg_iov = &in_vectors[i], .msg_iovlen = 1};
    }
}

static uint64_t tail_of(uint64_t sequence) { return (sequence + 1) * UINT64_C(0x9E3779B97F4A7C15); }

static void write_payload(uint8_t *payload, int bytes, uint64_t sequence, uint64_t now_nanos) {
    uint64_t tail = tail_of(sequence);
    memcpy(payload, &sequence, 8);
    memcpy(payload + 8, &now_nanos, 8);
    memcpy(payload + bytes - 8, &tail, 8);
}

/* Lets one flow send a burst; answers how many packets the kernel took. */
static int send_burst(struct load *load, struct flow *flow, struct load_result *result) {
    size_t header = load->shape.upwards ? CHANNEL_HEADER_BYTES : 0;
    uint64_t now_nanos = meter_now_nanos();
    for (int i = 0; i < load->shape.burst; i++) {
        write_payload(outgoing[i] + header, load->shape.bytes, flow->next_to_send + (uint64_t)i, now_nanos);
    }
    int fd = load->shape.upwards ? flow->client : flow->peer;
    int taken = sendmmsg(fd, out_headers, (unsigned)load->shape.burst, MSG_DONTWAIT);
    if (taken <= 0) return 0;
    flow->next_to_send += (uint64_t)taken;
    load->under_way += (uint64_t)taken;
    result->sent += (uint64_t)taken;
    return taken;
}

static void fill_window(struct load *load, struct load_result *result) {
    while (load->under_way + (uint64_t)load->shape.burst <= (uint64_t)load->shape.window) {
        struct flow *flow = &load->flows[load->turn];
        load->turn = (load->turn + 1) % load->shape.flows;
        if (send_burst(load, flow, result) == 0) return; /* a full socket buffer: the next arrival tries again */
    }
}

static void take(struct load *load, struct flow *flow, struct load_result *result, const uint8_t *payload) {
    uint64_t sequence, sent_nanos, tail;
    memcpy(&sequence, payload, 8);
    memcpy(&sent_nanos, payload + 8, 8);
    memcpy(&tail, payload + load->shape.bytes - 8, 8);
    if (tail != tail_of(sequence) || sequence >= flow->next_to_send) {
        result->corrupted++;
        return;
    }
    if (sequence < flow->next_to_arrive) {
        result->duplicated++;
        return;
    }
    uint64_t skipped = sequence - flow->next_to_arrive;
    flow->next_to_arrive = sequence + 1;
    result->lost += skipped;
    result->arrived++;
    load->under_way -= skipped + 1;
    load->last_arrival_nanos = meter_now_nanos();
    meter_add(&result->delays, load->last_arrival_nanos - sent_nanos);
}

static void receive(struct load *load, struct flow *flow, struct load_result *result) {
    size_t header = load->shape.upwards ? 0 : CHANNEL_HEADER_BYTES;
    int fd = load->shape.upwards ? flow->peer : flow->client;
    for (int count = INCOMING; count == INCOMING;) {
        count = recvmmsg(fd, in_headers, INCOMING, MSG_DONTWAIT, NULL);
        for (int i = 0; i < count; i++) {
            if (in_headers[i].msg_len == header + (size_t)load->shape.bytes) {
                take(load, flow, result, incoming[i] + header);
            } else {
                result->corrupted++;
            }
        }
    }
}

static void wait_and_receive(struct load *load, struct load_result *result) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(load->poller, events, EVENTS, POLL_MILLIS);
    for (int i = 0; i < ready; i++) receive(load, events[i].data.ptr, result);
}

static int is_stalled(const struct load *load, uint64_t now_nanos) {
    return load->under_way > 0 && now_nanos > load->last_arrival_nanos + STALL_NANOS;
}

static void give_up(struct load *load, struct load_result *result) {
    for (int i = 0; i < load->shape.flows; i++) load->flows[i].next_to_arrive = load->flows[i].next_to_send;
    result->lost += load->under_way;
    load->under_way = 0;
    load->last_arrival_nanos = meter_now_nanos();
}

void load_run(struct load *load, double seconds, struct load_result *result) {
    uint64_t now_nanos = meter_now_nanos(), end_nanos = now_nanos + (uint64_t)(seconds * 1e9);
    load->last_arrival_nanos = now_nanos;
    for (; now_nanos < end_nanos; now_nanos = meter_now_nanos()) {
        fill_window(load, result);
        wait_and_receive(load, result);
        if (is_stalled(load, now_nanos)) give_up(load, result);
    }
}

void load_settle(struct load *load, struct load_result *result) {
    load->last_arrival_nanos = meter_now_nanos();
    while (load->under_way > 0) {
        wait_and_receive(load, result);
        if (is_stalled(load, meter_now_nanos())) give_up(load, result);
    }
}
