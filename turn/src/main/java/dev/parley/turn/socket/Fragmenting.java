package dev.parley.turn.socket;

import dev.parley.ice.address.AddressFamily;

/** Whether the datagrams of a socket may be fragmented, which is a state of the socket and not of a datagram. */
final class Fragmenting {
    private Fragmenting() {}

    static void set(DatagramCalls calls, int descriptor, AddressFamily family, boolean dontFragment) {
        switch (family) {
            case IPV4 -> {
                int mode = dontFragment ? Linux.PMTUDISC_PROBE : Linux.PMTUDISC_OMIT;
                calls.setOption(descriptor, Linux.SOL_IP, Linux.IP_MTU_DISCOVER, mode);
            }
            case IPV6 -> {
                int mode = dontFragment ? Linux.PMTUDISC_PROBE : Linux.IPV6_PMTUDISC_WANT;
                calls.setOption(descriptor, Linux.SOL_IPV6, Linux.IPV6_MTU_DISCOVER, mode);
                calls.setOption(descriptor, Linux.SOL_IPV6, Linux.IPV6_DONTFRAG, dontFragment ? 1 : 0);
            }
        }
    }
}
