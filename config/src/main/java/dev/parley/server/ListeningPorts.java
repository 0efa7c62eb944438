package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.schema.Schema;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ports this process listens on, whatever for: none of them is ever a peer. Taken from the names of the keys, so
 * that a listener that is added later cannot be forgotten here.
 */
final class ListeningPorts {
    private ListeningPorts() {}

    /** The value of every key that is called {@code port} or {@code ...-port}. */
    static Set<Integer> of(ServerConfig config) {
        Set<Integer> ports = new TreeSet<>();
        Schema.SERVER.values(config).forEach((path, value) -> {
            if (value instanceof Integer port && (path.endsWith(".port") || path.endsWith("-port"))) {
                ports.add(port);
            }
        });
        return ports;
    }
}
