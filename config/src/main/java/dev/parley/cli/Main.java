package dev.parley.cli;

/** The program {@code parley}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exitCode = ParleyCommand.run(Surroundings.ofProcess(), args);
        System.exit(exitCode);
    }
}
