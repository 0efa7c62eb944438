package dev.parley.cli;

import dev.parley.config.Defaults;
import dev.parley.config.document.ConfigExample;
import dev.parley.config.document.ConfigReference;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley config}: looks at configurations without starting anything. */
@Command(name = "config", description = "Checks, shows and explains configurations.")
final class ConfigCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    private ConfigCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new Check(surroundings))
                .addSubcommand(new Show(surroundings))
                .addSubcommand(new Example(surroundings))
                .addSubcommand(new Reference(surroundings));
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE;
    }

    /** {@code parley config check}: tells what is wrong. */
    @Command(name = "check", description = "Reads the configuration and reports every problem with its origin.")
    private static final class Check implements Callable<Integer> {
        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        private final Surroundings surroundings;

        Check(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            ConfigResult.Loaded loaded = options.load(surroundings);
            if (loaded == null) {
                return ExitCode.USAGE;
            }
            for (Problem warning : loaded.warnings()) {
                surroundings.err().println("parley: warning: " + warning);
            }
            surroundings.out().println("the configuration is good");
            return ExitCode.OK;
        }
    }

    /** {@code parley config show}: the values in effect. */
    @Command(name = "show", description = "Prints the values in effect as YAML, secrets as stars.")
    private static final class Show implements Callable<Integer> {
        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        private final Surroundings surroundings;

        Show(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            ConfigResult.Loaded loaded = options.load(surroundings);
            if (loaded == null) {
                return ExitCode.USAGE;
            }
            surroundings.out().print(ConfigExample.ofValues(loaded.config()));
            return ExitCode.OK;
        }
    }

    /** {@code parley config example}: every key with its default and its text. */
    @Command(
            name = "example",
            description = "Prints a configuration file with every key, its default and what it does.")
    private static final class Example implements Callable<Integer> {
        /** Taken like everywhere, though the example is always that of the defaults. */
        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        private final Surroundings surroundings;

        Example(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            if (options.load(surroundings) == null) {
                return ExitCode.USAGE;
            }
            surroundings.out().print(ConfigExample.ofDefaults(Defaults.CONFIG));
            return ExitCode.OK;
        }
    }

    /** {@code parley config reference}: the page about all keys. */
    @Command(name = "reference", description = "Prints the reference of all keys as Markdown.")
    private static final class Reference implements Callable<Integer> {
        /** Taken like everywhere, though the page is the same for every configuration. */
        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        private final Surroundings surroundings;

        Reference(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            if (options.load(surroundings) == null) {
                return ExitCode.USAGE;
            }
            surroundings.out().print(ConfigReference.page());
            return ExitCode.OK;
        }
    }
}
