package dev.parley.turn.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new handshakes present. Looks at the files every second on a thread of its own; a change that
 * has settled is read, and taken only if it is good: otherwise the old certificate stays and the alarm is raised.
 * Connections that live keep what they began with. All methods may be called from any thread.
 */
public final class Certificates implements AutoCloseable {
    /** Time between two looks; a change is read at the second look that finds it, which makes at most two seconds. */
    static final Duration POLL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final CertificateFiles files;
    private final KeyMaterialReader reader;
    private final InstantSource clock;
    private final List<Consumer<KeyMaterial>> followers = new CopyOnWriteArrayList<>();
    private final LongAdder reloads = new LongAdder();
    private final Map<CertificateRefusal, LongAdder> refusals = new EnumMap<>(CertificateRefusal.class);

    private volatile KeyMaterial current;
    private volatile @Nullable CertificateRefusal alarm;
    private CertificateFiles.Stamp readStamp;
    private CertificateFiles.Stamp lastSeen;
    private @Nullable ScheduledExecutorService timer;

    private Certificates(CertificateFiles files, InstantSource clock) throws UnusableCertificateException {
        this.files = files;
        this.clock = clock;
        this.reader = new KeyMaterialReader(files, clock);
        for (CertificateRefusal reason : CertificateRefusal.values()) {
            refusals.put(reason, new LongAdder());
        }
        readStamp = files.stamp();
        lastSeen = readStamp;
        current = reader.read();
    }

    /** Reads the files once; nothing watches them before {@link #watch}. */
    public static Certificates read(CertificateFiles files, InstantSource clock) throws UnusableCertificateException {
        return new Certificates(files, clock);
    }

    /** From now on the files are looked at every second. */
    public synchronized void watch() {
        if (timer != null) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("certificate-watch").factory());
        started.scheduleWithFixedDelay(this::pollAndSurvive, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
    }

    /** The newest good certificate and its key. */
    public KeyMaterial current() {
        return current;
    }

    /** Is told each newer certificate, on the thread that read it. */
    void follow(Consumer<KeyMaterial> follower) {
        followers.add(follower);
    }

    /** End of validity of what is presented now. */
    public Instant notAfter() {
        return current.notAfter();
    }

    /** Why the files as they are now are not presented, or that what is presented has expired; null if all is well. */
    public @Nullable CertificateRefusal alarm() {
        CertificateRefusal raised = alarm;
        return raised == null && clock.instant().isAfter(current.notAfter()) ? CertificateRefusal.EXPIRED : raised;
    }

    /** Newer certificates taken since the start. */
    public long reloads() {
        return reloads.sum();
    }

    /** Changes of the files that were not taken, by reason. */
    public long refusals(CertificateRefusal reason) {
        LongAdder adder = refusals.get(reason);
        return adder == null ? 0 : adder.sum();
    }

    /** One look: reads a change once it is the same as at the look before, so that no half-written pair is read. */
    synchronized void poll() {
        CertificateFiles.Stamp seen = files.stamp();
        boolean settled = seen.equals(lastSeen);
        lastSeen = seen;
        if (settled && !seen.equals(readStamp)) {
            readStamp = seen;
            reload();
        }
    }

    /** Reads the files now, changed or not; true if they are good. */
    public synchronized boolean reload() {
        try {
            KeyMaterial read = reader.read();
            boolean newer = !read.chain().equals(current.chain());
            current = read;
            alarm = null;
            if (newer) {
                reloads.increment();
                followers.forEach(follower -> follower.accept(read));
                LOG.info("certificate {} is presented from now on, until {}", read.serial(), read.notAfter());
            }
            return true;
        } catch (UnusableCertificateException e) {
            alarm = e.reason();
            LongAdder adder = refusals.get(e.reason());
            if (adder != null) {
                adder.increment();
            }
            LOG.error("certificate {} stays in use until {}: {}", current.serial(), current.notAfter(), e.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    /** A timer stops for ever at the first exception, and a certificate that is never read again helps nobody. */
    private void pollAndSurvive() {
        try {
            poll();
        } catch (RuntimeException e) {
            LOG.error("the certificate files could not be looked at", e);
        }
    }
}
