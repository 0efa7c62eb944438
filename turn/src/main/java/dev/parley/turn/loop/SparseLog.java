package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what strangers and networks cause: at most one line per topic and window, with the number of the lines left out,
 * so that no flood fills a disk. The counters have the whole truth. For all event loops together.
 */
public final class SparseLog {
    /** What a line is about; each has its own window. */
    public enum Topic {
        /** The kernel refused to send or to receive. */
        SOCKET("socket"),
        /** A relay socket could not be opened. */
        BIND("bind"),
        /** A connection of a client could not be accepted. */
        ACCEPT("accept"),
        /** A relay socket closed by itself. */
        RELAY_LOST("relay-lost"),
        /** A datagram was cut because it is longer than its slot. */
        TRUNCATED("truncated"),
        /** A bug of ours. */
        FAILURE("failure");

        private final String word;

        Topic(String word) {
            this.word = word;
        }
    }

    /** Nanoseconds between two lines about the same topic. */
    public static final long WINDOW_NANOS = 10_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(SparseLog.class);

    private final LongSupplier nanoClock;
    private final ShownAddresses addresses;
    private final Map<Topic, Window> windowByTopic = new EnumMap<>(Topic.class);

    /**
     * For all event loops together.
     *
     * @param wholeAddresses whether addresses of strangers are logged whole, or only their network
     */
    public SparseLog(LongSupplier nanoClock, boolean wholeAddresses) {
        this.nanoClock = nanoClock;
        this.addresses = new ShownAddresses(wholeAddresses);
        long now = nanoClock.getAsLong();
        for (Topic topic : Topic.values()) {
            windowByTopic.put(topic, new Window(now));
        }
    }

    /** Logs, or only counts that it would have. A failure is logged with its stack trace. */
    public void warn(Topic topic, @Nullable TransportAddress about, Throwable cause) {
        long lines = claim(topic);
        if (lines < 0) {
            return;
        }
        String subject = about == null ? "" : " " + addresses.show(about);
        if (topic == Topic.FAILURE) {
            LOG.error("{}{} ({} more like this)", topic.word, subject, lines, cause);
        } else {
            LOG.warn("{}{}: {} ({} more like this)", topic.word, subject, cause.getMessage(), lines);
        }
    }

    private long claim(Topic topic) {
        Window window = windowByTopic.get(topic);
        return window == null ? -1 : window.claim(nanoClock.getAsLong());
    }

    private static final class Window {
        private final AtomicLong opensAtNanos;
        private final AtomicLong omitted = new AtomicLong();

        Window(long opensAtNanos) {
            this.opensAtNanos = new AtomicLong(opensAtNanos);
        }

        /** The number of lines left out since the last one if a line may be written now, or -1. */
        long claim(long nowNanos) {
            long opensAt = opensAtNanos.get();
            if (nowNanos - opensAt < 0 || !opensAtNanos.compareAndSet(opensAt, nowNanos + WINDOW_NANOS)) {
                omitted.incrementAndGet();
                return -1;
            }
            return omitted.getAndSet(0);
        }
    }
}
