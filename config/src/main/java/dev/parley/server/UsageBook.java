package dev.parley.server;

import dev.parley.turn.core.EndReason;
import dev.parley.turn.loop.Usage;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users relay, for operators: a line in the log for each allocation that ends (at most ten a second), the
 * distribution of its length and bytes, and the users with the most bytes. Any thread.
 */
final class UsageBook {
    static final int LINES_PER_SECOND = 10;

    private static final Logger LOG = LoggerFactory.getLogger(UsageBook.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int NAME_SHOWN = 128;

    private final LongSupplier nanoClock;
    private final UserTotals totals = new UserTotals();
    private final Histogram seconds = Histogram.builder()
            .name("parley_turn_allocation_seconds")
            .help("Length of the allocations that have ended.")
            .classicOnly()
            .classicUpperBounds(1, 10, 60, 300, 900, 3600, 14_400, 86_400)
            .build();
    private final Histogram bytes = Histogram.builder()
            .name("parley_turn_allocation_bytes")
            .help("Payload bytes that the allocations that have ended had relayed.")
            .labelNames("direction")
            .classicOnly()
            .classicUpperBounds(1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10)
            .build();

    private long linesBegan;
    private int lines;
    private long omitted;

    /** @param nanoClock monotonic */
    UsageBook(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.linesBegan = nanoClock.getAsLong();
    }

    /** An allocation has ended. */
    void ended(Usage usage, EndReason reason) {
        seconds.observe(usage.age().toNanos() / (double) SECOND_NANOS);
        bytes.labelValues("up").observe((double) usage.bytesUp());
        bytes.labelValues("down").observe((double) usage.bytesDown());
        totals.add(usage);
        long leftOut = claimLine();
        if (leftOut >= 0) {
            LOG.info(
                    "allocation of {} ended ({}) after {} s: up {} bytes in {} packets, down {} in {}, {} peers{}",
                    shown(usage.name()),
                    reason.label(),
                    usage.age().toSeconds(),
                    usage.bytesUp(),
                    usage.packetsUp(),
                    usage.bytesDown(),
                    usage.packetsDown(),
                    usage.peers(),
                    leftOut == 0 ? "" : " (" + leftOut + " such lines left out before)");
        }
    }

    /** Lines left out since the last one if a line may be written now, or -1. */
    private synchronized long claimLine() {
        long now = nanoClock.getAsLong();
        if (now - linesBegan >= SECOND_NANOS) {
            linesBegan = now;
            lines = 0;
        }
        if (lines >= LINES_PER_SECOND) {
            omitted++;
            return -1;
        }
        lines++;
        long leftOut = omitted;
        omitted = 0;
        return leftOut;
    }

    /** A name is the client's, so it may be anything; in the log it is one short word. */
    private static String shown(String name) {
        String cut = name.length() > NAME_SHOWN ? name.substring(0, NAME_SHOWN) : name;
        return cut.codePoints()
                .map(point -> Character.isISOControl(point) || Character.isWhitespace(point) ? '_' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The users with the most bytes, with what their live allocations have relayed so far, as JSON. */
    String topUsers(List<Usage> live) {
        return totals.json(live);
    }

    List<Histogram> histograms() {
        return List.of(seconds, bytes);
    }
}
