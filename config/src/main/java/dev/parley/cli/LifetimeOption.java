package dev.parley.cli;

import dev.parley.config.schema.BadValueException;
import dev.parley.config.schema.DurationType;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --ttl} of the commands that print something that ends. */
final class LifetimeOption {
    private final Duration longest;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "How long it works, such as 30m, 8h or 7d; default 1h.")
    private String ttl = "1h";

    LifetimeOption(Duration longest) {
        this.longest = longest;
    }

    /** What was asked for; null after printing what is wrong with it. */
    @Nullable
    Duration value(PrintStream errors) {
        DurationType type = new DurationType();
        try {
            Duration lifetime = type.parse(ttl);
            if (lifetime.toSeconds() >= 1 && lifetime.compareTo(longest) <= 0) {
                return lifetime;
            }
            errors.println("parley: --ttl must be between 1s and " + type.print(longest));
        } catch (BadValueException e) {
            errors.println("parley: --ttl " + e.getMessage());
        }
        return null;
    }
}
