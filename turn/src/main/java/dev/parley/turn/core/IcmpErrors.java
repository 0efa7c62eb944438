package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.attribute.Icmp;
import org.jspecify.annotations.Nullable;

/** Decides which ICMP errors a client is told of (RFC 8656 section 11.5). */
final class IcmpErrors {
    private static final int ICMP_DESTINATION_UNREACHABLE = 3;
    private static final int ICMP_FRAGMENTATION_NEEDED = 4;
    private static final int ICMP_TIME_EXCEEDED = 11;
    private static final int ICMPV6_DESTINATION_UNREACHABLE = 1;
    private static final int ICMPV6_PACKET_TOO_BIG = 2;
    private static final int ICMPV6_TIME_EXCEEDED = 3;

    private final Routes routes;

    IcmpErrors(Routes routes) {
        this.routes = routes;
    }

    @Nullable
    IcmpIndication indication(Relay relay, TransportAddress peer, int icmpType, int code, long data, long nowNanos) {
        DropReason drop = check(relay, peer, icmpType, nowNanos);
        if (drop != null) {
            routes.drop(drop);
            return null;
        }
        long mtu = isTooBig(relay.family(), icmpType, code) ? data : 0;
        return new IcmpIndication(relay, peer, new Icmp(icmpType, code, mtu));
    }

    /** Whether the peer has a permission is asked of where the datagram was sent, not of who sent the error. */
    private @Nullable DropReason check(Relay relay, TransportAddress peer, int icmpType, long nowNanos) {
        if (!relay.isLive(nowNanos)) {
            return DropReason.NO_ALLOCATION;
        }
        if (peer.family() != relay.family()) {
            return DropReason.PEER_FAMILY;
        }
        if (!isError(relay.family(), icmpType)) {
            return DropReason.ICMP_TYPE;
        }
        Permission permission = relay.permissions().find(peer.high(), peer.low());
        if (permission == null || !permission.isLive(nowNanos)) {
            return DropReason.NO_PERMISSION;
        }
        if (!isReachable(relay, peer)) {
            return DropReason.PEER_DENIED;
        }
        return relay.allocation().icmpErrors().tryTake(nowNanos) ? null : DropReason.ICMP_LIMIT;
    }

    /** A relayed address of this process is reached without a datagram, so no error can be about one. */
    private boolean isReachable(Relay relay, TransportAddress peer) {
        return peer.port() == 0
                ? !routes.rules().deniesEveryPort(peer.ip())
                : routes.rules().decide(relay, peer) == PeerVerdict.ADMITTED;
    }

    private static boolean isError(AddressFamily family, int icmpType) {
        return family == AddressFamily.IPV4
                ? icmpType == ICMP_DESTINATION_UNREACHABLE || icmpType == ICMP_TIME_EXCEEDED
                : icmpType >= ICMPV6_DESTINATION_UNREACHABLE && icmpType <= ICMPV6_TIME_EXCEEDED;
    }

    /** Only these messages say an MTU; for all others the data is 0 (RFC 8656 section 18.13). */
    private static boolean isTooBig(AddressFamily family, int icmpType, int code) {
        return family == AddressFamily.IPV4
                ? icmpType == ICMP_DESTINATION_UNREACHABLE && code == ICMP_FRAGMENTATION_NEEDED
                : icmpType == ICMPV6_PACKET_TOO_BIG;
    }
}
