package dev.parley.signaling.api;

import dev.parley.signaling.auth.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One credential with everything that answers say of it.
 *
 * @param password a secret, so it is not printed
 * @param stunUris without credential
 * @param turnUris with it
 */
public record IceCredential(
        String username, String password, Duration ttl, Instant issued, List<String> stunUris, List<String> turnUris) {
    public IceCredential {
        stunUris = List.copyOf(stunUris);
        turnUris = List.copyOf(turnUris);
    }

    /** As an RTCPeerConnection takes them. */
    List<IceServer> iceServers() {
        IceServer turn = new IceServer(turnUris, username, password);
        return stunUris.isEmpty() ? List.of(turn) : List.of(new IceServer(stunUris, null, null), turn);
    }

    @Override
    public String toString() {
        return "IceCredential[username=" + username + ", password=***, ttl=" + ttl + "]";
    }
}
