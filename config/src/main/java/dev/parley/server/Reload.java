package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed configuration without a restart: reads all sources again and lets every part of the server take what
 * concerns it, or, if anything is wrong, changes nothing. Any thread may ask; one reload runs at a time.
 */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger("parley");

    private final Supplier<ConfigResult> source;
    private final List<Part> parts;
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile ServerConfig inForce;
    private Runnable beforeReading = () -> {};

    /**
     * A part of the running server that takes some of the configuration anew.
     *
     * <p>It prepares first, so that either all parts change or none does.
     */
    @FunctionalInterface
    interface Part {
        /**
         * Checks what is new and answers what puts it into force, which cannot fail.
         *
         * @throws StartException if the part cannot run with it; nothing has changed then
         */
        Runnable prepare(ServerConfig next) throws StartException;
    }

    /** What became of a reload. */
    sealed interface Outcome {
        /**
         * The new configuration is in force.
         *
         * @param changed keys with another value than before
         * @param atNextStart keys with another value than the server was started with, which it takes when it starts
         */
        record Applied(List<String> changed, List<String> atNextStart) implements Outcome {}

        /** Everything is as it was. */
        record Refused(List<String> problems) implements Outcome {}
    }

    /** @param source reads file, environment and command line as the start did */
    Reload(ServerConfig inForce, Supplier<ConfigResult> source, List<Part> parts) {
        this.inForce = inForce;
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /** Is called each time before the sources are read. */
    synchronized void beforeReading(Runnable listener) {
        beforeReading = listener;
    }

    /** @param cause what asked for it, for the log */
    synchronized Outcome run(String cause) {
        beforeReading.run();
        Outcome outcome = switch (source.get()) {
            case ConfigResult.Loaded loaded -> apply(loaded.config());
            case ConfigResult.Refused(List<Problem> problems) ->
                new Outcome.Refused(problems.stream().map(Problem::toString).toList());
        };
        switch (outcome) {
            case Outcome.Applied(List<String> changed, List<String> atNextStart) -> {
                applied.incrementAndGet();
                LOG.info(
                        "configuration reloaded ({}): {}",
                        cause,
                        changed.isEmpty() ? "no key has another value" : "changed " + String.join(", ", changed));
                if (!atNextStart.isEmpty()) {
                    LOG.warn("only a restart puts these keys into force: {}", String.join(", ", atNextStart));
                }
            }
            case Outcome.Refused(List<String> problems) -> {
                refused.incrementAndGet();
                LOG.warn(
                        "configuration not reloaded ({}): the old one stays in force: {}",
                        cause,
                        String.join("; ", problems));
            }
        }
        return outcome;
    }

    /** Reloads that changed the server, or found nothing to change. */
    long applied() {
        return applied.get();
    }

    /** Reloads that found a mistake. */
    long refused() {
        return refused.get();
    }

    /** What the parts of the server work with. */
    ServerConfig inForce() {
        return inForce;
    }

    private Outcome apply(ServerConfig read) {
        Map<String, @Nullable Object> before = Schema.SERVER.values(inForce);
        Map<String, @Nullable Object> after = Schema.SERVER.values(read);
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>();
        List<String> atNextStart = new ArrayList<>();
        for (KeySpec key : Schema.SERVER.keys()) {
            String path = key.path();
            boolean differs = !Objects.equals(before.get(path), after.get(path));
            boolean taken = key.setting().reloadable();
            merged.put(path, taken ? after.get(path) : before.get(path));
            if (differs) {
                (taken ? changed : atNextStart).add(path);
            }
        }
        ServerConfig next = Schema.SERVER.build(merged);
        List<Runnable> changes = new ArrayList<>();
        try {
            for (Part part : parts) {
                changes.add(part.prepare(next));
            }
        } catch (StartException e) {
            return new Outcome.Refused(List.of(String.valueOf(e.getMessage())));
        }
        changes.forEach(Runnable::run);
        inForce = next;
        return new Outcome.Applied(changed, atNextStart);
    }
}
