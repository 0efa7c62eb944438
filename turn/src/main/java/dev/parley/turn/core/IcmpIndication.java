package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Icmp;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import java.util.List;

/**
 * News for a client: a datagram of its did not reach a peer (RFC 8656 section 11.5).
 *
 * @param relay where the datagram left; its allocation's client is told
 * @param peer where it was going, perhaps with port 0
 * @param icmp why it did not arrive
 */
public record IcmpIndication(Relay relay, TransportAddress peer, Icmp icmp) {

    /** The Data indication to be sent. */
    public StunMessage message(TransactionId transactionId) {
        return new StunMessage(
                StunClass.INDICATION, StunMethod.DATA, transactionId, List.of(new XorPeerAddress(peer), icmp));
    }
}
