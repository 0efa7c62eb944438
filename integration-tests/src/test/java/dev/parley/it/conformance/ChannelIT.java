package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels: RFC 8656 section 12. */
@ParameterizedClass
@EnumSource(Transport.class)
class ChannelIT extends Suite {
    ChannelIT(Transport transport) {
        super(transport);
    }

    private Packet bindWith(byte[] number, Peer peer) {
        return Packet.request(Wire.CHANNEL_BIND)
                .attribute(Wire.CHANNEL_NUMBER, number)
                .address(Wire.XOR_PEER_ADDRESS, peer.address());
    }

    @Must("8656 12.2")
    void withoutANumberOrAPeerItIsAnsweredWith400() {
        client().allocate();
        client().ask(Packet.request(Wire.CHANNEL_BIND).attribute(Wire.CHANNEL_NUMBER, channelNumber(CHANNEL)))
                .expect(400);
        client().ask(Packet.request(Wire.CHANNEL_BIND).address(Wire.XOR_PEER_ADDRESS, peer().address()))
                .expect(400);
    }

    @Must("8656 12.2")
    void aNumberOutOfRangeIsAnsweredWith400() {
        client().allocate();
        for (int number : List.of(0, 1, 0x3FFF, 0x5000, 0x7FFF, 0x8000, 0xFFFF)) {
            client().bind(number, peer().address()).expect(400);
        }
    }

    @Must("8656 12.2")
    void theFirstAndTheLastNumberOfTheRangeCanBeBound() {
        client().allocate();
        client().bind(0x4000, peer().address()).expectSuccess();
        client().bind(0x4FFF, peer().address()).expectSuccess();
    }

    @Must("8656 12.2")
    void aNumberThatIsBoundToAnotherPeerIsAnsweredWith400() {
        allocateAndBind(peer());
        client().bind(CHANNEL, peer().address()).expect(400);
    }

    @Must("8656 12.2")
    void aPeerThatIsBoundToAnotherNumberIsAnsweredWith400() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().bind(CHANNEL + 1, peer.address()).expect(400);
    }

    @Must("8656 12.2")
    void theSameBindingAgainIsASuccess() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().bind(CHANNEL, peer.address()).expectSuccess();
    }

    @Must("8656 12.2")
    void aPeerOfAnotherFamilyIsAnsweredWith443() {
        client().allocate();
        client().bind(CHANNEL, new InetSocketAddress("2606:4700::1111", 9)).expect(443);
    }

    @Must("8656 12.2")
    void aForbiddenPeerIsAnsweredWith403() {
        client().allocate();
        Message answer = client().bind(CHANNEL, new InetSocketAddress("10.0.0.1", 9));
        assumeTrue(!answer.isSuccess(), "the server forbids no peers");
        answer.expect(403);
    }

    @Must("8656 12.2")
    void withoutAnAllocationItIsAnsweredWith437() {
        client().bind(CHANNEL, peer().address()).expect(437);
    }

    @Must("8656 18.1")
    void theReservedBytesOfTheNumberAreIgnored() {
        client().allocate();
        client().ask(bindWith(new byte[] {0x40, 0, 1, 2}, peer())).expectSuccess();
    }

    @Must("8656 18.1")
    void aNumberThatIsNot4BytesLongIsAnsweredWith400() {
        client().allocate();
        client().ask(bindWith(new byte[] {0x40, 0}, peer())).expect(400);
    }

    @Must("8656 12.6")
    void channelDataIsRelayedUnchangedFromTheRelayedAddress() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateAndBind(peer);
        for (int length : new int[] {1, 2, 3, 4, 5, 100, 1200}) {
            String payload = "\u00fe".repeat(length);
            client().sendOnChannel(CHANNEL, ascii(payload));
            expect(expectHeard(peer, payload).from().equals(relayed), "from another address");
        }
    }

    @Must("8656 12.6")
    void emptyChannelDataIsRelayedAsAnEmptyDatagram() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().sendOnChannel(CHANNEL, new byte[0]);
        expectHeard(peer, "");
    }

    @Must("8656 12.6")
    void channelDataForAChannelThatIsNotBoundIsDiscarded() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().sendOnChannel(CHANNEL + 1, ascii("not bound"));
        expectOnlyTheEndIsHeard(peer);
    }

    @Must("8656 12.6")
    void channelDataWithoutAnAllocationIsIgnored() {
        client().expectSilenceAbout(Client.channelData(CHANNEL, 4, ascii("none"), true));
    }

    @Must("8656 12.5")
    void theServerUsesTheChannelOfThePeer() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateAndBind(peer);
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 100, 1200}) {
            byte[] payload = ascii("\u00fd".repeat(length));
            peer.send(relayed, payload);
            byte[] heard = client().require(SOON);
            expect(heard.length >= 4 && heard[0] == 0x40 && heard[1] == 0, "no ChannelData");
            byte[] framed = Client.channelData(CHANNEL, length, payload, heard.length > 4 + length);
            expect(Arrays.equals(heard, framed), "changed, or padded with something else than zeros");
        }
    }

    @Must("8656 12.5")
    void sendsToAPeerWithAChannelAreRelayedToo() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().send(send(peer.address(), "by indication").bytes());
        expectHeard(peer, "by indication");
    }

    @Must("8656 12")
    void twoPortsOfOneAddressHaveChannelsOfTheirOwn() {
        Peer first = peer();
        Peer second = peer();
        InetSocketAddress relayed = allocateAndBind(first);
        client().bind(CHANNEL + 1, second.address()).expectSuccess();
        client().sendOnChannel(CHANNEL + 1, ascii("to the second"));
        expectHeard(second, "to the second");
        first.send(relayed, ascii("1st"));
        byte[] heard = client().require(SOON);
        expect(heard[1] == 0, "not on the channel of the first");
    }

    @Must("8656 12")
    void theSameNumberMeansAnotherPeerInAnotherAllocation() {
        Peer first = peer();
        Peer second = peer();
        allocateAndBind(first);
        Client other = open(client().login());
        other.allocate();
        other.bind(CHANNEL, second.address()).expectSuccess();
        other.sendOnChannel(CHANNEL, ascii("mine"));
        client().sendOnChannel(CHANNEL, ascii("yours"));
        expectHeard(second, "mine");
        expectHeard(first, "yours");
    }

    @Must("8656 12")
    void aChannelToAnIpv6PeerWorksBothWays() {
        Peer peer = peer6();
        InetSocketAddress relayed = allocate6();
        client().bind(CHANNEL, peer.address()).expectSuccess();
        client().sendOnChannel(CHANNEL, ascii("to IPv6"));
        expect(expectHeard(peer, "to IPv6").from().equals(relayed), "from another address");
        peer.send(relayed, ascii("back"));
        byte[] heard = client().require(SOON);
        expect(Arrays.equals(heard, Client.channelData(CHANNEL, 4, ascii("back"), false)), "not back");
    }
}
