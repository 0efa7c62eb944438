/* Many clients of one server, served by one thread. */
#ifndef PARLEY_BENCH_CROWD_H
#define PARLEY_BENCH_CROWD_H

#include "client.h"
#include "language.h"

#include <stdint.h>

struct crowd;

/* Called for each message of the load that a client heard, with the number of who said it, and when. */
typedef void crowd_heard(struct crowd *crowd, struct client *client, int speaker, uint64_t stamp_nanos);

struct crowd {
    const struct language *language;
    const char *path;
    struct sockaddr_in server;
    struct in_addr first_address;
    int spread;     /* addresses in a row that the clients come from, because servers count by address */
    int first;      /* the name of the first client, for several crowds at one server */
    int group_size; /* clients that hear each other */
    int size;
    int slow;       /* the last so many do not read, when the load has made them deaf */
    int slow_are_deaf;
    int bytes;      /* of a message */
    crowd_heard *heard;
    void *load;
    struct client *clients;
    int greeted;
    int poller;
};

/* Opens all clients, so many handshakes at once; returns how many are full clients after so many seconds at most. */
int crowd_open(struct crowd *crowd, int at_once, double patience_seconds);

/* Cuts all connections at once. */
void crowd_cut(struct crowd *crowd);

/* Serves the clients until then. */
void crowd_serve(struct crowd *crowd, uint64_t until_nanos);

/* Sends a message of the load, with the present time. */
void crowd_say(struct crowd *crowd, struct client *from, int to);

/* How many of these are connected still. */
int crowd_connected(const struct crowd *crowd, int from, int to);

#endif
