package dev.parley.signaling.auth;

import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.List;

/** Where the hub gets the ICE servers it hands to a session. Called on the hub's thread; must not block. */
public interface IceServers {

    /** Fresh servers for this session, with credentials that live for {@link #ttl()} from now. */
    List<IceServer> forMember(SessionId id);

    /** How long what {@link #forMember} returns can be used. */
    Duration ttl();

    /** What an allocation made with these credentials may reach. */
    RelayScope scope();
}
