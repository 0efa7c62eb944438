package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;

/**
 * How many allocations may live at once and how much they may relay, counted across all event loops; the atomics live
 * outside the core. Every ADMITTED is paid back by exactly one release with the same arguments.
 */
public interface Quotas {
    QuotaDecision tryAcquire(String name, IpAddress client);

    void release(String name, IpAddress client);

    /** What a new allocation of this user may relay; closed when the allocation ends. */
    default BandwidthShare openShare(String name) {
        return BandwidthShare.UNLIMITED;
    }

    /** What a quota says to one more allocation. */
    enum QuotaDecision {
        ADMITTED,
        /** The user has enough (486). */
        USER_EXHAUSTED,
        /** The client's address has enough (486). */
        ADDRESS_EXHAUSTED,
        /** The whole server has (508). */
        TOTAL_EXHAUSTED
    }
}
