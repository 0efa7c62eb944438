package dev.parley.server;

import dev.parley.config.RelayScopeMode;
import dev.parley.ice.credential.MemberNames;
import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.List;

/** The ICE servers a member gets: this process itself, with a credential that is good while the member is in a room. */
final class MemberIceServers implements IceServers {
    private final TimeLimitedCredentials credentials;
    private final Duration ttl;
    private final IceUris uris;
    private final RelayScope scope;

    MemberIceServers(TimeLimitedCredentials credentials, Duration ttl, IceUris uris, RelayScopeMode scope) {
        this.credentials = credentials;
        this.ttl = ttl;
        this.uris = uris;
        this.scope = scope == RelayScopeMode.PUBLIC ? RelayScope.PUBLIC : RelayScope.ROOM;
    }

    @Override
    public List<IceServer> forMember(SessionId id) {
        MintedCredential credential = credentials.mint(MemberNames.of(id.value()), ttl);
        return List.of(
                new IceServer(uris.stun(), null, null),
                new IceServer(uris.turn(), credential.username(), credential.password()));
    }

    @Override
    public Duration ttl() {
        return ttl;
    }

    @Override
    public RelayScope scope() {
        return scope;
    }
}
