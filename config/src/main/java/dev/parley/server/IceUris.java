package dev.parley.server;

import dev.parley.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the relay in the form browsers take (RFC 7064, RFC 7065).
 *
 * @param stun for finding one's own public address
 * @param turn for relaying; these need credentials
 */
public record IceUris(List<String> stun, List<String> turn) {
    /** For a relay without TLS. */
    static final int NO_PORT = 0;

    public IceUris {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
    }

    /** The URIs of this relay: UDP, TCP, and with a certificate TLS, at each of the hosts that clients are told. */
    public static IceUris of(ServerConfig config, List<String> hosts) {
        int tlsPort = ClientStreams.hasTls(config) ? config.turn().tlsPort() : NO_PORT;
        int dtlsPort = config.turn().dtls() ? config.turn().tlsPort() : NO_PORT;
        return of(hosts, config.turn().port(), tlsPort, dtlsPort);
    }

    static IceUris of(List<String> hosts, int port, int tlsPort, int dtlsPort) {
        List<String> turn = new ArrayList<>();
        // In order of preference: what is quick first, what gets through last.
        hosts.forEach(host -> turn.add("turn:" + bracketed(host) + ":" + port + "?transport=udp"));
        hosts.forEach(host -> turn.add("turn:" + bracketed(host) + ":" + port + "?transport=tcp"));
        if (tlsPort != NO_PORT) {
            hosts.forEach(host -> turn.add("turns:" + bracketed(host) + ":" + tlsPort + "?transport=tcp"));
        }
        if (dtlsPort != NO_PORT) {
            hosts.forEach(host -> turn.add("turns:" + bracketed(host) + ":" + dtlsPort + "?transport=udp"));
        }
        // One is enough: browsers slow down with many servers, and each family has its own TURN URI.
        return new IceUris(List.of("stun:" + bracketed(hosts.getFirst()) + ":" + port), turn);
    }

    /** All of them, STUN first. */
    public List<String> all() {
        return Stream.concat(stun.stream(), turn.stream()).toList();
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
