package dev.parley.signaling.transport;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.IdentityPolicy;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * How the signaling server runs.
 *
 * @param listen addresses to bind, at least one; port 0 takes a free one
 * @param limits of hub and connections
 * @param identities what identities mean in rooms
 * @param origins which pages may connect
 * @param clients where requests come from when proxies stand between
 * @param dropIns which endpoints of other protocols there are
 */
public record SignalingSettings(
        List<InetSocketAddress> listen,
        HubLimits limits,
        IdentityPolicy identities,
        OriginPolicy origins,
        ClientAddresses clients,
        DropInSettings dropIns) {
    public SignalingSettings {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("at least one address to listen on is needed");
        }
        if (limits.of(HubLimit.SILENCE_SECONDS) <= limits.of(HubLimit.HEARTBEAT_SECONDS)) {
            throw new IllegalArgumentException(HubLimit.SILENCE_SECONDS.key() + " must be more than "
                    + HubLimit.HEARTBEAT_SECONDS.key() + ", or a silent client is lost before it is asked");
        }
    }

    /** With what identities usually mean. */
    public SignalingSettings(
            List<InetSocketAddress> listen, HubLimits limits, OriginPolicy origins, DropInSettings dropIns) {
        this(listen, limits, IdentityPolicy.USUAL, origins, ClientAddresses.DIRECT, dropIns);
    }

    /** The same without drop-in endpoints. */
    public SignalingSettings(List<InetSocketAddress> listen, HubLimits limits, OriginPolicy origins) {
        this(listen, limits, origins, DropInSettings.NONE);
    }
}
