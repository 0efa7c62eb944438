package dev.parley.signaling.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One STUN or TURN server as a browser wants it: an RTCIceServer.
 *
 * @param urls at least one, such as {@code turn:192.0.2.7:3478?transport=udp}
 * @param username for TURN
 * @param credential for TURN; a secret, so it is not printed
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("an ICE server has at least one url");
        }
    }

    @Override
    public String toString() {
        return "IceServer[urls=" + urls + ", username=" + username + ", credential=***]";
    }
}
