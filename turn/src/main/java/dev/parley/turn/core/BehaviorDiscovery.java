package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two addresses and two ports that tell a client how its NAT behaves (RFC 5780 section 6).
 *
 * @param listeners the local addresses of all UDP listeners, in the order of their numbers; all four pairs are among
 *     them
 * @param primary the usual address and port
 * @param alternate the other address and the other port
 */
public record BehaviorDiscovery(
        List<TransportAddress> listeners, TransportAddress primary, TransportAddress alternate) {

    public BehaviorDiscovery {
        listeners = List.copyOf(listeners);
        boolean differ = !primary.ip().equals(alternate.ip()) && primary.port() != alternate.port();
        if (!differ || primary.family() != alternate.family()) {
            throw new IllegalArgumentException("two addresses of one family and two ports are needed");
        }
        for (TransportAddress pair : List.of(
                primary,
                alternate,
                TransportAddress.of(primary.ip(), alternate.port()),
                TransportAddress.of(alternate.ip(), primary.port()))) {
            if (!listeners.contains(pair)) {
                throw new IllegalArgumentException("nobody listens at " + pair);
            }
        }
    }

    /** The address of the pairs that a client's packet came to, or null if it came to another one. */
    @Nullable
    TransportAddress findLocal(ClientKey client) {
        if (client.transport() != ClientTransport.UDP) {
            return null;
        }
        TransportAddress local = listeners.get(ClientTransport.indexOf(client.listener()));
        boolean ip = local.ip().equals(primary.ip()) || local.ip().equals(alternate.ip());
        return ip && (local.port() == primary.port() || local.port() == alternate.port()) ? local : null;
    }

    /** Where an answer leaves from: Da:Dp, Da:Cp, Ca:Dp or Ca:Cp of the RFC's table 1. */
    TransportAddress changed(TransportAddress local, boolean changeIp, boolean changePort) {
        TransportAddress ip = local.ip().equals(primary.ip()) == changeIp ? alternate : primary;
        TransportAddress port = (local.port() == primary.port()) == changePort ? alternate : primary;
        return TransportAddress.of(ip.ip(), port.port());
    }

    /** The listener of one of the pairs. */
    int listenerAt(TransportAddress pair) {
        return ClientTransport.UDP.listener(listeners.indexOf(pair));
    }
}
