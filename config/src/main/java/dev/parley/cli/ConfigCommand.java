package dev.parley.cli;

import dev.parley.config.Defaults;
import dev.parley.config.ServerConfig;
import dev.parley.config.document.ConfigExample;
import dev.parley.config.document.ConfigReference;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
                .addSubcommand(
                        "show",
                        Print.commandLine(
                                surroundings,
                                "Prints the values in effect as YAML, secrets as stars.",
                                ConfigExample::ofValues))
                .addSubcommand(
                        "example",
                        Print.commandLine(
                                surroundings,
                                "Prints a configuration file with every key, its default and what it does.",
                                config -> ConfigExample.ofDefaults(Defaults.CONFIG)))
                .addSubcommand(
                        "reference",
                        Print.commandLine(
                                surroundings,
                                "Prints the reference of all keys as Markdown.",
                                config -> ConfigReference.page()));
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

    /** Prints a text about the configuration; a wrong one is refused even where the text ignores it. */
    @Command
    private static final class Print implements Callable<Integer> {
        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        private final Surroundings surroundings;
        private final Function<ServerConfig, String> text;

        private Print(Surroundings surroundings, Function<ServerConfig, String> text) {
            this.surroundings = surroundings;
            this.text = text;
        }

        static CommandLine commandLine(
                Surroundings surroundings, String description, Function<ServerConfig, String> text) {
            CommandLine commandLine = new CommandLine(new Print(surroundings, text));
            commandLine.getCommandSpec().usageMessage().description(description);
            return commandLine;
        }

        @Override
        public Integer call() {
            ConfigResult.Loaded loaded = options.load(surroundings);
            if (loaded == null) {
                return ExitCode.USAGE;
            }
            surroundings.out().print(text.apply(loaded.config()));
            return ExitCode.OK;
        }
    }
}
