package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Send and Data indications: RFC 8656 section 11. */
@ParameterizedClass
@EnumSource(Transport.class)
class SendAndDataIT extends Suite {
    private static final String END = "the end";

    SendAndDataIT(Transport transport) {
        super(transport);
    }

    /** Fails the test if this message made the server send anything to the peer. */
    private void expectNotRelayed(Peer peer, byte[] message) {
        client().send(message);
        client().send(send(peer.address(), END).bytes());
        expectHeard(peer, END);
    }

    @Must("8656 11.2")
    void dataIsRelayedUnchangedFromTheRelayedAddress() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        for (int length : new int[] {1, 2, 3, 4, 5, 100, 1200}) {
            String payload = "\u00ff".repeat(length);
            client().send(send(peer.address(), payload).bytes());
            expect(expectHeard(peer, payload).from().equals(relayed), "from another address");
        }
    }

    @Must("8656 11.2")
    void emptyDataIsRelayedAsAnEmptyDatagram() {
        Peer peer = peer();
        allocateFor(peer);
        client().send(send(peer.address(), "").bytes());
        expectHeard(peer, "");
    }

    @Must("8656 11.2")
    void aSendWithoutDataIsDiscarded() {
        Peer peer = peer();
        allocateFor(peer);
        expectNotRelayed(
                peer,
                Packet.indication(Wire.SEND)
                        .address(Wire.XOR_PEER_ADDRESS, peer.address())
                        .bytes());
    }

    @Must("8656 11.2")
    void aSendWithoutAPeerIsDiscarded() {
        Peer peer = peer();
        allocateFor(peer);
        expectNotRelayed(
                peer,
                Packet.indication(Wire.SEND)
                        .attribute(Wire.DATA, ascii("to nobody"))
                        .bytes());
    }

    @Must("8656 11.2")
    void aSendWithAMalformedPeerIsDiscarded() {
        Peer peer = peer();
        allocateFor(peer);
        Packet message = Packet.indication(Wire.SEND);
        byte[] value = message.addressValue(
                3, peer.address().getPort(), peer.address().getAddress().getAddress());
        expectNotRelayed(
                peer,
                message.attribute(Wire.XOR_PEER_ADDRESS, value)
                        .attribute(Wire.DATA, ascii("to nowhere"))
                        .bytes());
    }

    @Must("8656 11.2")
    void aSendWithoutPermissionIsDiscarded() {
        Peer permitted = peer();
        Peer stranger = otherPeer();
        allocateFor(permitted);
        client().send(send(stranger.address(), "not permitted").bytes());
        client().permit(stranger.address()).expectSuccess();
        client().send(send(stranger.address(), END).bytes());
        expectHeard(stranger, END);
    }

    @Must("8656 11.2")
    void aSendInstallsNoPermission() {
        Peer stranger = peer();
        InetSocketAddress relayed = client().allocate();
        client().send(send(stranger.address(), "not permitted").bytes());
        stranger.send(relayed, ascii("nor this"));
        client().expectNothingBeforeNextAnswer();
    }

    @Must("8656 11.2")
    void aSendWithUnknownRequiredAttributesIsDiscarded() {
        Peer peer = peer();
        allocateFor(peer);
        expectNotRelayed(
                peer, send(peer.address(), "not understood").attribute(0x7001).bytes());
    }

    @Must("8656 11.2")
    void aSendWithDontFragmentIsRelayed() {
        Peer peer = peer();
        allocateFor(peer);
        client().send(send(peer.address(), "in one piece")
                .attribute(Wire.DONT_FRAGMENT)
                .bytes());
        expectHeard(peer, "in one piece");
    }

    @Must("8656 5")
    void aSendIsNotSigned() {
        Peer peer = peer();
        allocateFor(peer);
        client().send(send(peer.address(), "without a signature").bytes());
        expectHeard(peer, "without a signature");
    }

    @Must("8656 5")
    void aSendWithoutAnAllocationIsIgnored() {
        client().expectSilenceAbout(send(peer().address(), "from nobody").bytes());
    }

    @Must("8656 11.3")
    void aDatagramFromAPeerBecomesADataIndication() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        for (int length : new int[] {1, 2, 3, 4, 5, 100, 1200}) {
            String payload = "\u00ff".repeat(length);
            peer.send(relayed, ascii(payload));
            Message heard = expectData(client(), peer.address(), payload);
            expect(heard.messageClass() == Wire.INDICATION, "no indication");
            expect(heard.flaws().isEmpty(), String.join(", ", heard.flaws()));
        }
    }

    @Must("8656 11.3")
    void anEmptyDatagramFromAPeerBecomesADataIndication() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        peer.send(relayed, new byte[0]);
        expectData(client(), peer.address(), "");
    }

    @Must("8656 11.3")
    void aDatagramThatLooksLikeStunIsRelayedAsData() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        byte[] stun = Packet.request(Wire.BINDING).bytes();
        peer.send(relayed, stun);
        expectData(client(), peer.address(), new String(stun, StandardCharsets.ISO_8859_1));
        expect(peer.receive(Duration.ofMillis(50)) == null, "the relayed address answered by itself");
    }

    @Must("8656 11.3")
    void ipv6DatagramsAreRelayedBothWays() {
        Peer peer = peer6();
        InetSocketAddress relayed = allocate6();
        client().permit(peer.address()).expectSuccess();
        client().send(send(peer.address(), "to IPv6").bytes());
        expect(expectHeard(peer, "to IPv6").from().equals(relayed), "from another address");
        peer.send(relayed, ascii("from IPv6"));
        expectData(client(), peer.address(), "from IPv6");
    }

    @Must("8656 7.2")
    void bothAddressesOfADualAllocationRelay() {
        Peer peer = peer();
        Peer peer6 = peer6();
        Message answer = client().ask(Client.bareAllocate().attribute(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV6)))
                .expectSuccess();
        var relayed = answer.addresses(Wire.XOR_RELAYED_ADDRESS);
        assumeTrue(relayed.size() == 2, "no dual allocations");
        client().permit(peer.address(), peer6.address()).expectSuccess();
        for (Peer each : List.of(peer, peer6)) {
            client().send(send(each.address(), "both ways").bytes());
            InetSocketAddress from = expectHeard(each, "both ways").from();
            expect(relayed.contains(from), "from another address");
            each.send(from, ascii("and back"));
            expectData(client(), each.address(), "and back");
        }
    }

    @Must("8656 11.5")
    void anUnreachablePortIsReportedWithTheIcmpAttribute() {
        Peer open = peer();
        allocateFor(open);
        expectIcmp(closedPort(open), 3, 3);
    }

    @Must("8656 11.5")
    void anUnreachableIpv6PortIsReportedWithTheIcmpAttribute() {
        Peer open = peer6();
        allocate6();
        client().permit(open.address()).expectSuccess();
        expectIcmp(closedPort(open), 1, 4);
    }

    private static InetSocketAddress closedPort(Peer open) {
        try (var closed = new Peer(open.address().getAddress())) {
            return closed.address();
        }
    }

    private void expectIcmp(InetSocketAddress closed, int type, int code) {
        client().send(send(closed, "is anybody there?").bytes());
        Message heard = client().nextIndication(SOON);
        byte[] icmp = heard.require(Wire.ICMP).bytes();
        expect(icmp.length == 8 && icmp[0] == 0 && icmp[1] == 0, "a wrong length or reserved bytes");
        expect(icmp[2] == type && icmp[3] == code, "type " + icmp[2] + " code " + icmp[3]);
        expect(ByteBuffer.wrap(icmp).getInt(4) == 0, "the error data is not zero");
        expect(!heard.has(Wire.DATA), "with DATA");
        InetSocketAddress from = heard.address(Wire.XOR_PEER_ADDRESS);
        expect(from.getAddress().equals(closed.getAddress()), "about another peer");
        expect(from.getPort() == closed.getPort() || from.getPort() == 0, "about another port");
    }
}
