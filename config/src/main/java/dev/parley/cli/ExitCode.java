package dev.parley.cli;

/** The exit codes of every command. */
final class ExitCode {
    static final int OK = 0;
    /** The command was right, but something failed while running, such as a port in use. */
    static final int FAILED = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;

    private ExitCode() {}
}
