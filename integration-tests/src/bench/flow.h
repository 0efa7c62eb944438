/* One flow: a client socket with an allocation on the server, a channel, and the peer socket the channel leads to. */
#ifndef PARLEY_BENCH_FLOW_H
#define PARLEY_BENCH_FLOW_H

#include "stun.h"

enum { FLOW_CHANNEL = 0x4000 };

struct flow {
    int client;                  /* connected to the server */
    int peer;                    /* connected to the relayed address */
    struct stun_credential credential;
    uint64_t next_to_send;       /* sequence numbers, from 0 */
    uint64_t next_to_arrive;
};

/* Opens sockets, allocates and binds the channel; answers 0, the STUN error code of a refusal, or -1 for silence. */
int flow_open(struct flow *flow, const struct sockaddr_in *server, struct in_addr local, const struct in_addr peer);

/* Gives the allocation back (Refresh with lifetime 0) and closes both sockets. */
void flow_close(struct flow *flow);

#endif
