package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;

/**
 * A keyed hash of where something came from, for tables of fixed size that strangers fill: a source is an IPv4 address
 * or an IPv6 /64, and nobody can choose whom to collide with.
 *
 * @param key secret
 */
record SourceHash(long key) {
    long of(TransportAddress address) {
        long prefix = address.family() == AddressFamily.IPV4 ? address.low() : address.high();
        return mix(mix(prefix ^ key) + key + address.family().stunCode());
    }

    /** The finaliser of SplitMix64: every input bit moves every output bit. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return "SourceHash[*]";
    }
}
