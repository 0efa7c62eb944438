package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;

/** The right of every peer behind one IP address to exchange data with the client (RFC 8656 section 9). */
final class Permission implements Timed {
    private final Relay relay;
    private final IpAddress peer;
    private long expiryNanos;

    Permission(Relay relay, IpAddress peer) {
        this.relay = relay;
        this.peer = peer;
    }

    Relay relay() {
        return relay;
    }

    IpAddress peer() {
        return peer;
    }

    long expiryNanos() {
        return expiryNanos;
    }

    void refreshUntil(long newExpiryNanos) {
        expiryNanos = newExpiryNanos;
    }

    boolean isLive(long nowNanos) {
        return nowNanos < expiryNanos;
    }
}
