package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;

/**
 * An address this server relays from.
 *
 * @param bind where relay sockets are bound
 * @param advertised what clients and peers see: the same, or the public address of a one-to-one NAT in front of us
 */
public record RelayAddress(IpAddress bind, IpAddress advertised) {
    public RelayAddress {
        if (bind.family() != advertised.family()) {
            throw new IllegalArgumentException("relay address " + bind + " cannot be advertised as " + advertised);
        }
    }

    /** Without NAT. */
    public static RelayAddress of(IpAddress address) {
        return new RelayAddress(address, address);
    }
}
