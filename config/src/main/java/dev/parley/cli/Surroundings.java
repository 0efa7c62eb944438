package dev.parley.cli;

import dev.parley.server.HostAddresses;
import dev.parley.server.StartException;
import dev.parley.server.StateDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** What a command gets from the process it runs in; the only way commands see the environment. */
record Surroundings(
        Map<String, String> environment, PrintStream out, PrintStream err, String user, Path home, Host host) {
    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** The machine this runs on. */
    @FunctionalInterface
    interface Host {
        HostAddresses addresses() throws StartException;
    }

    /** Where state goes when the configuration does not say. */
    Path usualState() {
        return StateDirectory.usual(environment, user, home);
    }

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                System.out,
                System.err,
                System.getProperty("user.name", ""),
                Path.of(System.getProperty("user.home", "/")),
                HostAddresses::ofThisHost);
    }
}
