package dev.parley.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the relay in the form browsers take (RFC 7064, RFC 7065).
 *
 * @param stun for finding one's own public address
 * @param turn for relaying; these need credentials
 */
public record IceUris(List<String> stun, List<String> turn) {
    public IceUris {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
    }

    /** The URIs of a relay that is reached by UDP on this port at each of these hosts. */
    public static IceUris of(List<String> hosts, int port) {
        List<String> authorities =
                hosts.stream().map(host -> bracketed(host) + ":" + port).toList();
        return new IceUris(
                // One is enough: browsers slow down with many servers, and each family has its own TURN URI.
                List.of("stun:" + authorities.getFirst()),
                authorities.stream()
                        .map(authority -> "turn:" + authority + "?transport=udp")
                        .toList());
    }

    /** All of them, STUN first. */
    public List<String> all() {
        return Stream.concat(stun.stream(), turn.stream()).toList();
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
