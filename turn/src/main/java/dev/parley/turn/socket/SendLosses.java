package dev.parley.turn.socket;

/** Who counts the datagrams that a socket took and did not send. Called on the event loop of the socket. */
public interface SendLosses {
    /** The socket's send queue is full; a relay drops, it does not queue. */
    void queueFull(int datagrams);

    /** The kernel refused to send: unreachable, forbidden, too long. */
    void refused(int datagrams);
}
