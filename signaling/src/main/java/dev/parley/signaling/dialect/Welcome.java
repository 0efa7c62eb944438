package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.List;

/** What a session learns first: who it is, and its ICE servers; the limits the dialect knows itself. */
public record Welcome(
        SessionId id, ResumeKey key, List<IceServer> iceServers, Duration iceServersTtl, RelayScope relayScope) {
    public Welcome {
        iceServers = List.copyOf(iceServers);
    }
}
