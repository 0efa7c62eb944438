package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;

/**
 * The 5-tuple of a client (RFC 8656 section 2) as the server sees it.
 *
 * @param address where the client's packets come from
 * @param listener which of our listeners they reached: a number for (transport protocol, local address), made by
 *     {@link ClientTransport#listener}
 */
public record ClientKey(TransportAddress address, int listener) {
    public ClientTransport transport() {
        return ClientTransport.of(listener);
    }
}
