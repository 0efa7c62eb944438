/* The languages that servers of signaling speak, as far as the load needs them. */
#ifndef PARLEY_BENCH_LANGUAGE_H
#define PARLEY_BENCH_LANGUAGE_H

#include "client.h"

struct language {
    const char *name;
    const char *path;  /* where the WebSocket is, unless the caller says otherwise */
    const char *query; /* with the number of the client */
    int subprotocol;   /* whether parley.v1 is asked for */
};

/* peerjs, topics or parley; null for any other name. */
const struct language *language_find(const char *name);

/* The request for the WebSocket of a client. */
void language_request(const struct language *language, const char *path, int index, char request[CLIENT_REQUEST_BYTES]);

/* What a client says first; a group hears each other. Returns its length, 0 for nothing. */
size_t language_greeting(const struct language *language, int group, char *text, size_t room);

/* What a client says to the first answer; as above. */
size_t language_joining(const struct language *language, const char *heard, int group, char *text, size_t room);

/* Whether this text makes a client a full one; null asks whether a greeting alone does. */
int language_is_welcome(const struct language *language, const char *text);

/* A message of so many bytes from a client to another of its group. */
size_t language_message(const struct language *language, const struct client *from, int to, int group,
                        unsigned long long stamp, size_t bytes, char *text, size_t room);

/* Who said a message of the load, and when; returns whether it is one. */
int language_read(const char *text, int *speaker, unsigned long long *stamp);

#endif
