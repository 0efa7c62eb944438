package dev.parley.cli;

import dev.parley.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley version}. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    private final Surroundings surroundings;

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (options.load(surroundings) == null) {
            return ExitCode.USAGE;
        }
        surroundings.out().println("parley " + Version.CURRENT);
        return ExitCode.OK;
    }
}
