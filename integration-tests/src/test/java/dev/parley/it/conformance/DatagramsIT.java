package dev.parley.it.conformance;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the RFCs ask of UDP and DTLS, where every datagram is a message. */
@ParameterizedClass
@EnumSource(names = {"UDP", "DTLS"})
class DatagramsIT extends Suite {
    DatagramsIT(Transport transport) {
        super(transport);
    }

    @Must("8489 5")
    void aMessageWhoseFirstTwoBitsAreNotZeroIsNotAnswered() {
        for (int bits : List.of(0x40, 0x80, 0xC0)) {
            byte[] bytes = Packet.request(Wire.BINDING).bytes();
            bytes[0] |= (byte) bits;
            client().expectSilenceAbout(bytes);
        }
    }

    @Must("8489 6.3")
    void aLengthThatIsNoMultipleOf4IsDiscarded() {
        client().expectSilenceAbout(Packet.request(Wire.BINDING)
                .attribute(Wire.SOFTWARE, ascii("probe123"))
                .lengthField(10)
                .bytes());
    }

    @Must("8489 6.3")
    void aLengthBeyondTheDatagramIsDiscarded() {
        for (int length : List.of(4, 64, 0xFFFC)) {
            client().expectSilenceAbout(
                            Packet.request(Wire.BINDING).lengthField(length).bytes());
        }
    }

    @Must("8489 6.3")
    void aDatagramShorterThanAHeaderIsDiscarded() {
        byte[] whole = Packet.request(Wire.BINDING).bytes();
        for (int length : List.of(1, 4, 8, 19)) {
            client().expectSilenceAbout(Arrays.copyOf(whole, length));
        }
    }

    @Must("8489 6.3.1")
    void aRetransmittedRequestGetsTheSameResponse() {
        Packet request = Packet.request(Wire.BINDING);
        byte[] first = client().exchange(request).bytes();
        byte[] second = client().exchange(request).bytes();
        expect(Arrays.equals(first, second), "another response");
    }

    @Must("8489 6.3.1.2")
    void aResponseComesFromTheAddressThatTheRequestWentTo() {
        // The link refuses datagrams from anywhere else.
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }

    @Must("8656 7.2")
    void aRetransmittedAllocateGetsTheSameAllocation() {
        Packet request = client().signed(Client.bareAllocate());
        InetSocketAddress first = client().exchange(request).expectSuccess().address(Wire.XOR_RELAYED_ADDRESS);
        InetSocketAddress second = client().exchange(request).expectSuccess().address(Wire.XOR_RELAYED_ADDRESS);
        expect(first.equals(second), "another relayed address");
    }

    @Must("8656 12.6")
    void aDatagramWithAReservedFirstByteIsDiscarded() {
        Peer peer = peer();
        allocateAndBind(peer);
        for (int number : List.of(0x5000, 0x7FFF, 0x8000, 0xC000, 0xFFFF)) {
            client().expectSilenceAbout(Client.channelData(number, 4, ascii("none"), false));
        }
        expectOnlyTheEndIsHeard(peer);
    }

    @Must("8656 12.6")
    void aDatagramTooShortForItsLengthIsDiscarded() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().send(Client.channelData(CHANNEL, 5, ascii("four"), false));
        client().send(Client.channelData(CHANNEL, 0xFFFF, ascii("four"), false));
        expectOnlyTheEndIsHeard(peer);
    }

    @Must("8656 12.5")
    void aPaddedDatagramIsAccepted() {
        Peer peer = peer();
        allocateAndBind(peer);
        client().send(Client.channelData(CHANNEL, 5, ascii("fives"), true));
        expectHeard(peer, "fives");
    }
}
