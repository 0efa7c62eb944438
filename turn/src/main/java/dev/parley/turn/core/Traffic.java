package dev.parley.turn.core;

/**
 * What one allocation has relayed so far, over all its relayed addresses. Plain numbers: written and read on the event
 * loop of the allocation only.
 */
public final class Traffic {
    private long bytesUp;
    private long bytesDown;
    private long packetsUp;
    private long packetsDown;
    private long peers;

    /** Payload bytes went from the client to a peer, in a datagram or in a piece of a stream. */
    public void up(int payloadBytes) {
        bytesUp += payloadBytes;
        packetsUp++;
    }

    /** Payload bytes went from a peer to the client. */
    public void down(int payloadBytes) {
        bytesDown += payloadBytes;
        packetsDown++;
    }

    void peerMet() {
        peers++;
    }

    public long bytesUp() {
        return bytesUp;
    }

    public long bytesDown() {
        return bytesDown;
    }

    public long packetsUp() {
        return packetsUp;
    }

    public long packetsDown() {
        return packetsDown;
    }

    /** Peer addresses and ports; one that was forgotten in between counts again. */
    public long peers() {
        return peers;
    }
}
