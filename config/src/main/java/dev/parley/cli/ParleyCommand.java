package dev.parley.cli;

import dev.parley.server.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The top of the command line: knows the commands, and turns what goes wrong into one line and an exit code. */
@Command(
        name = "parley",
        description = "WebRTC signaling hub and STUN/TURN relay in one process.",
        footer = {"", "Exit codes: 0 success, 1 failure while running, 2 wrong command line or configuration."})
final class ParleyCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // read by the command line library
    private boolean helpRequested;

    private final CommandLine commandLine;

    private ParleyCommand(Surroundings surroundings) {
        commandLine = new CommandLine(this)
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new CredentialsCommand(surroundings))
                .addSubcommand(new TokenCommand(surroundings))
                .addSubcommand(new ApiKeyCommand(surroundings))
                .addSubcommand(ConfigCommand.commandLine(surroundings))
                .addSubcommand(new VersionCommand(surroundings));
        commandLine.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler(ParleyCommand::misused);
        commandLine.setExecutionExceptionHandler(ParleyCommand::failed);
    }

    /** Runs one command and tells its exit code. */
    static int run(Surroundings surroundings, String... args) {
        return new ParleyCommand(surroundings).commandLine.execute(args);
    }

    @Override
    public Integer call() {
        commandLine.usage(commandLine.getErr());
        return ExitCode.USAGE;
    }

    private static int misused(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("parley: " + e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StartException) {
            command.getErr().println("parley: " + e.getMessage());
            return ExitCode.FAILED;
        }
        throw e; // our bug: the stack trace is what helps
    }
}
