/* One client: a WebSocket (RFC 6455) without blocking, that sends and hears text messages. */
#ifndef PARLEY_BENCH_CLIENT_H
#define PARLEY_BENCH_CLIENT_H

#include <netinet/in.h>
#include <stddef.h>

enum { CLIENT_REQUEST_BYTES = 512, CLIENT_READ_BYTES = 1 << 18 };

enum client_state { CLIENT_CLOSED, CLIENT_UPGRADING, CLIENT_OPEN };

struct client_bytes {
    char *data;
    size_t length, capacity;
};

struct client {
    int index;
    int socket;
    enum client_state state;
    int greeted;            /* it has heard what makes it a full client of its server */
    long heard_seq;         /* the last number the server gave a message */
    struct client_bytes in; /* of a message that is not whole yet */
    struct client_bytes out;
};

/* Called for each whole text message, whose text ends with a zero for as long as the call lasts. */
typedef void client_heard(struct client *client, const char *text, size_t length, void *context);

/*
 * Begins to connect and says the request; exits the program if the system has no socket. receive_bytes is how much the
 * system keeps of what has not been read, 0 for as much as it likes.
 */
void client_open(struct client *client, const struct sockaddr_in *server, struct in_addr local, int receive_bytes,
                 const char *request);

/* Reads some of what is there; returns whether there may be more. Closes the client when the server does. */
int client_read(struct client *client, client_heard *heard, void *context);

/* Sends a text message, or keeps it until the socket takes it. */
void client_send(struct client *client, const char *text, size_t length);

/* Writes what was kept. */
void client_flush(struct client *client);

/* Cuts the connection, as a lost network does: no close frame, no orderly end. */
void client_cut(struct client *client);

#endif
