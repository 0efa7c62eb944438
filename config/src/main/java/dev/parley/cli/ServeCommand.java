package dev.parley.cli;

import dev.parley.config.reader.ConfigResult;
import dev.parley.server.ServerProcess;
import dev.parley.server.StartException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley serve}: runs until SIGTERM. */
@Command(
        name = "serve",
        description = {
            "Runs the server until SIGTERM or SIGINT.",
            "Prints one line beginning with 'ready' on standard output when every listener is bound; "
                    + "logs on standard error."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        ConfigResult.Loaded loaded = options.load(surroundings);
        if (loaded == null) {
            return ExitCode.USAGE;
        }
        ServerProcess.run(
                loaded,
                () -> options.read(surroundings),
                options.file(),
                surroundings.usualState(),
                surroundings.out());
        return ExitCode.OK;
    }
}
