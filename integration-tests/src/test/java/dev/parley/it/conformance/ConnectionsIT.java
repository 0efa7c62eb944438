package dev.parley.it.conformance;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the RFCs ask of TCP and TLS, where messages follow each other in a stream. */
@ParameterizedClass
@EnumSource(names = {"TCP", "TLS"})
class ConnectionsIT extends Suite {
    ConnectionsIT(Transport transport) {
        super(transport);
    }

    @Must("8489 6.2.2")
    void requestsThatComeTogetherAreAllAnswered() {
        Packet first = Packet.request(Wire.BINDING);
        Packet second = Client.bareAllocate();
        byte[] both = Arrays.copyOf(first.bytes(), first.bytes().length + second.bytes().length);
        System.arraycopy(second.bytes(), 0, both, first.bytes().length, second.bytes().length);
        client().send(both);
        expect(client().await(first.transactionId(), SOON) != null, "the first was not answered");
        expect(client().await(second.transactionId(), SOON) != null, "the second was not answered");
    }

    @Must("8489 6.2.2")
    void aRequestThatComesByteByByteIsAnswered() {
        Packet request = Packet.request(Wire.BINDING);
        for (byte each : request.bytes()) {
            client().send(new byte[] {each});
        }
        expect(client().await(request.transactionId(), SOON) != null, "not answered");
    }

    @Should("8489 6.2.2")
    void theConnectionStaysOpenAfterAResponse() {
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }

    @Must("8656 12.5")
    void channelDataOnAConnectionIsPaddedTo4Bytes() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateAndBind(peer);
        for (int length : new int[] {1, 2, 3, 5}) {
            peer.send(relayed, new byte[length]);
        }
        for (int length : new int[] {1, 2, 3, 5}) {
            byte[] heard = client().require(SOON);
            expect(heard[3] == length && heard.length % 4 == 0, "not padded");
        }
    }
}
