package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;

/** What belongs to this very host: never a peer, except for live relayed addresses. */
public interface OwnAddresses {
    /** An address of a local interface, or the advertised external address. */
    boolean isOwnHost(IpAddress address);

    /**
     * An address and port on which this process listens (signaling, TURN, admin, metrics); never a peer, whatever is
     * allowed.
     */
    boolean isOwnListener(TransportAddress address);
}
