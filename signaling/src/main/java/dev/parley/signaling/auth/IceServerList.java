package dev.parley.signaling.auth;

import dev.parley.ice.credential.MemberNames;
import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ICE servers of this process: its own STUN and TURN addresses, with a credential minted for each session. */
public final class IceServerList implements IceServers {
    private final List<String> stunUris;
    private final List<String> turnUris;
    private final TimeLimitedCredentials credentials;
    private final Duration ttl;
    private final RelayScope scope;

    /**
     * @param stunUris without credential; may be empty
     * @param turnUris with credential; may be empty
     */
    public IceServerList(
            List<String> stunUris,
            List<String> turnUris,
            TimeLimitedCredentials credentials,
            Duration ttl,
            RelayScope scope) {
        this.stunUris = List.copyOf(stunUris);
        this.turnUris = List.copyOf(turnUris);
        this.credentials = credentials;
        this.ttl = ttl;
        this.scope = scope;
    }

    @Override
    public List<IceServer> forMember(SessionId id) {
        List<IceServer> servers = new ArrayList<>(2);
        if (!stunUris.isEmpty()) {
            servers.add(new IceServer(stunUris, null, null));
        }
        if (!turnUris.isEmpty()) {
            MintedCredential minted = credentials.mint(MemberNames.of(id.value()), ttl);
            servers.add(new IceServer(turnUris, minted.username(), minted.password()));
        }
        return servers;
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
