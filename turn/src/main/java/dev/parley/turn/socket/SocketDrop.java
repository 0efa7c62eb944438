package dev.parley.turn.socket;

/** Why a socket lost a datagram. */
public enum SocketDrop {
    /** It was longer than what the kernel may write into. */
    TRUNCATED,
    /** The kernel takes no more and the queue in front of it is full; a relay drops, it does not queue. */
    QUEUE_FULL,
    /** The kernel refused to send it: unreachable, forbidden, too long. */
    REFUSED
}
