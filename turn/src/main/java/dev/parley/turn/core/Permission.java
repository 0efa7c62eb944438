package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;

/** The right of every peer behind one IP address to exchange data with the client (RFC 8656 section 9). */
final class Permission implements Timed {
    private final Allocation allocation;
    private final IpAddress peer;
    private long expiryNanos;

    Permission(Allocation allocation, IpAddress peer) {
        this.allocation = allocation;
        this.peer = peer;
    }

    Allocation allocation() {
        return allocation;
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
