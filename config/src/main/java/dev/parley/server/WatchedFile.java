package dev.parley.server;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that only its owner may read. It is read again when it has changed; if it has become unreadable or
 * flawed nothing changes, and it is complained about once.
 */
final class WatchedFile<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final long MAX_BYTES = 16 * 1024 * 1024;
    private static final int MOST_PROBLEMS_TOLD = 5;

    private final String key;
    private final Path file;
    private final String content;
    private final Reader<T> reader;
    private final Consumer<T> consumer;
    private final FileWatch watch;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Understands lines. */
    @FunctionalInterface
    interface Reader<T> {
        Content<T> read(List<String> lines);
    }

    /** What the lines turned out to be. */
    sealed interface Content<T> {
        /** All are good. */
        record Good<T>(T value) implements Content<T> {}

        /** Some are not. */
        record Flawed<T>(List<String> problems) implements Content<T> {
            public Flawed {
                problems = List.copyOf(problems);
            }
        }
    }

    private WatchedFile(String key, Path file, String content, Reader<T> reader, Consumer<T> consumer) {
        this.key = key;
        this.file = file;
        this.content = content;
        this.reader = reader;
        this.consumer = consumer;
        this.watch = new FileWatch(() -> List.of(file), this::changed);
    }

    /**
     * Reads the file, which must be good, and watches it from then on.
     *
     * @param key the configuration key that led here
     * @param content what the file holds, such as "a password"
     * @param consumer takes what was read: here, and on the watch's thread whenever it has changed
     */
    static <T> WatchedFile<T> open(String key, Path file, String content, Reader<T> reader, Consumer<T> consumer)
            throws StartException {
        WatchedFile<T> opened = new WatchedFile<>(key, file, content, reader, consumer);
        consumer.accept(opened.read());
        opened.watch.start(key);
        return opened;
    }

    /** Takes the file if it has changed and settled; for tests, which do not wait for the timer. */
    void look() {
        watch.look();
    }

    /** Reads the file now, whether or not it has changed. */
    void reload() {
        watch.reading();
        changed();
    }

    /** Changes of the file that were taken. */
    long taken() {
        return taken.sum();
    }

    /** Changes that were not, because the file was flawed or could not be read. */
    long refused() {
        return refused.sum();
    }

    private void changed() {
        try {
            consumer.accept(read());
            taken.increment();
        } catch (StartException | RuntimeException e) {
            refused.increment();
            LOG.warn("{}; what it held before stays", e.getMessage());
        }
    }

    private T read() throws StartException {
        return switch (reader.read(PrivateFile.lines(key, file, content, MAX_BYTES))) {
            case Content.Good<T>(T value) -> value;
            case Content.Flawed<T>(List<String> problems) ->
                throw new StartException(key + ": " + file + " "
                        + String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS_TOLD)))
                        + (problems.size() > MOST_PROBLEMS_TOLD ? "; and more" : ""));
        };
    }

    @Override
    public void close() {
        watch.close();
    }
}
