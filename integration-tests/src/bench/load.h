/* The load: packets that know where they belong, sent in a closed loop over all flows. */
#ifndef PARLEY_BENCH_LOAD_H
#define PARLEY_BENCH_LOAD_H

#include "flow.h"
#include "meter.h"

enum { LOAD_SMALLEST_BYTES = 24, LOAD_LARGEST_BYTES = 1400, LOAD_LARGEST_BURST = 64 };

struct load_shape {
    int flows;
    int bytes;   /* payload of a packet */
    int window;  /* packets under way at most, over all flows */
    int burst;   /* packets that one flow sends in a row before the next flow has its turn */
    int upwards; /* from client to peer; else from peer to client */
};

struct load_result {
    uint64_t sent, arrived, lost, duplicated, corrupted;
    struct meter_delays delays;
};

struct load {
    struct load_shape shape;
    struct flow *flows;
    int poller;  /* knows the receiving socket of each flow */
    int turn;    /* the flow that sends next */
    uint64_t under_way;
    uint64_t last_arrival_nanos;
};

void load_prepare(const struct load_shape *shape);

/* Keeps the window full for so long. */
void load_run(struct load *load, double seconds, struct load_result *result);

/* Waits for what is still under way and counts what never comes as lost. */
void load_settle(struct load *load, struct load_result *result);

#endif
