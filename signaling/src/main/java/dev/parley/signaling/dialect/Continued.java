package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.List;

/**
 * What a session learns first over a new connection: how it goes on, and its fresh ICE servers.
 *
 * @param key for the next time
 * @param received the number of the client's last message that was carried out
 * @param after the hub's messages that follow are numbered from the one after this
 * @param lost whether some before those are missing
 */
public record Continued(
        SessionId id,
        ResumeKey key,
        long received,
        long after,
        boolean lost,
        List<IceServer> iceServers,
        Duration iceServersTtl) {
    public Continued {
        iceServers = List.copyOf(iceServers);
    }
}
