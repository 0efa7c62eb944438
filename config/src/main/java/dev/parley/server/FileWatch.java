package dev.parley.server;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at some files every second and says when they have changed and then stayed the same for a look, so that no
 * half-written file is read. Any thread.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final int LOOK_SECONDS = 1;

    private final Supplier<List<Path>> files;
    private final Runnable changed;
    private FileStamps read;
    private FileStamps seen;
    private @Nullable ScheduledExecutorService timer;

    /**
     * Begins with the files as they are; nothing is looked at before {@link #start}.
     *
     * @param files which may be others later
     * @param changed reads them
     */
    FileWatch(Supplier<List<Path>> files, Runnable changed) {
        this.files = files;
        this.changed = changed;
        this.read = FileStamps.of(files.get());
        this.seen = read;
    }

    /** From now on, on a thread of its own. */
    synchronized void start(String threadName) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(threadName).factory());
        started.scheduleWithFixedDelay(this::lookAndSurvive, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        timer = started;
    }

    /** Somebody is about to read the files anyway. */
    synchronized void reading() {
        seen = FileStamps.of(files.get());
        read = seen;
    }

    /** One look; called by the timer, and by tests. */
    void look() {
        if (isSettledChange()) {
            changed.run();
        }
    }

    private synchronized boolean isSettledChange() {
        FileStamps now = FileStamps.of(files.get());
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(read)) {
            return false;
        }
        read = now;
        return true;
    }

    /** A timer stops for ever at the first exception. */
    private void lookAndSurvive() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the changed files {} could not be taken", files.get(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
