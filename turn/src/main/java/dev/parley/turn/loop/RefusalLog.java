package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.RefusalReason;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator in the log why clients did not get what they wanted: one line per source, reason and minute, and
 * never more than ten lines a second, whatever the flood. The table has a fixed size; what shares a slot is one source
 * here. The counters have the whole truth. For all event loops together.
 */
public final class RefusalLog {
    static final int SLOTS = 4096;
    static final long WINDOW_NANOS = 60_000_000_000L;
    static final int LINES_PER_SECOND = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int COUNT_BITS = 8;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    private final LongSupplier nanoClock;
    private final ShownAddresses addresses;
    private final SourceHash hash;
    /** When the slot may log again; 0 before its first line. */
    private final AtomicLongArray opensAtBySlot = new AtomicLongArray(SLOTS);

    /** The second, and behind it the lines of that second. */
    private final AtomicLong lines = new AtomicLong();

    private final AtomicLong omitted = new AtomicLong();

    /**
     * A log that has said nothing yet.
     *
     * @param nanoClock monotonic, starting near 0
     * @param wholeAddresses whether addresses are logged whole, or only their network
     * @param hashKey secret
     */
    public RefusalLog(LongSupplier nanoClock, boolean wholeAddresses, long hashKey) {
        this.nanoClock = nanoClock;
        this.addresses = new ShownAddresses(wholeAddresses);
        this.hash = new SourceHash(hashKey);
    }

    /** A request was refused. Those that begin every exchange are no news. */
    public void refused(RefusalReason reason, TransportAddress client) {
        switch (reason) {
            case UNSIGNED, STALE_NONCE -> {}
            default -> note("refused", reason.label(), client);
        }
    }

    /**
     * A packet from or to the client of an allocation was dropped. What comes a moment too late is no news.
     *
     * @param client of the allocation; strangers, who are no clients, never cause a line
     */
    public void dropped(DropReason reason, TransportAddress client) {
        switch (reason) {
            case NO_ALLOCATION, UNBOUND_CHANNEL, ICMP_TYPE, ICMP_LIMIT -> {
                if (LOG.isDebugEnabled()) {
                    note("dropped", reason.label(), client);
                }
            }
            default -> note("dropped", reason.label(), client);
        }
    }

    /** A packet that a peer sent to the client of an allocation; one without permission is a stranger's. */
    public void droppedFromPeer(DropReason reason, TransportAddress client) {
        if (reason != DropReason.NO_PERMISSION) {
            dropped(reason, client);
        }
    }

    /** A packet for a client, or of a client that has shown its address. */
    public void dropped(WireDrop reason, TransportAddress client) {
        note("dropped", reason.label(), client);
    }

    private void note(String what, String reason, TransportAddress client) {
        long nowNanos = nanoClock.getAsLong();
        int slot = (int) (SourceHash.mix(hash.of(client) ^ reason.hashCode()) & (SLOTS - 1));
        long opensAt = opensAtBySlot.get(slot);
        boolean isFirst = nowNanos >= opensAt && opensAtBySlot.compareAndSet(slot, opensAt, nowNanos + WINDOW_NANOS);
        if (!isFirst || !hasLineLeft(nowNanos)) {
            omitted.incrementAndGet();
            return;
        }
        long left = omitted.getAndSet(0);
        LOG.info("{} {} for {} ({} not logged since the last such line)", what, reason, addresses.show(client), left);
    }

    private boolean hasLineLeft(long nowNanos) {
        long second = nowNanos / SECOND_NANOS;
        while (true) {
            long before = lines.get();
            long written = before >>> COUNT_BITS == second ? before & COUNT_MASK : 0;
            if (written >= LINES_PER_SECOND) {
                return false;
            }
            if (lines.compareAndSet(before, second << COUNT_BITS | (written + 1))) {
                return true;
            }
        }
    }
}
