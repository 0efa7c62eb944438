package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that harmed other servers. The fixture fails when the server logs an error on the way. */
@ResourceLock("the relay under attack")
@ParameterizedClass
@EnumSource(Transport.class)
@ExtendWith(RelayUnderAttack.Provider.class)
class HostileMessagesIT {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Transport transport;
    private final RelayUnderAttack relay;
    private final Client client;

    HostileMessagesIT(Transport transport, RelayUnderAttack relay) {
        this.transport = transport;
        this.relay = relay;
        this.client = relay.open(transport);
    }

    @AfterEach
    void leave() {
        client.abandon();
        client.close();
    }

    /** The client is strict: it fails the test at the first pad byte that is not zero. */
    @Test
    void row04PaddingIsZeroInTenThousandMessages() {
        try (Peer peer = new Peer(RelayUnderAttack.ALLOWED)) {
            InetSocketAddress relayed = client.allocate();
            client.permit(peer.address()).expectSuccess();
            for (int i = 0; i < 2000; i++) {
                client.sendIndication(peer.address(), new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
                Packet unknown = Packet.request(Wire.REFRESH).attribute(0x7001);
                if (i % 2 == 0) {
                    unknown.attribute(0x7002).attribute(0x7003);
                }
                client.ask(unknown).expect(420);
                peer.send(relayed, new byte[1 + i % 4]);
                Message data = client.nextIndication(SOON);
                assertThat(data.flaws()).isEmpty();
            }
            client.bind(0x4000, peer.address()).expectSuccess();
            for (int i = 0; i < 500; i++) {
                peer.send(relayed, HexFormat.of().parseHex("ff".repeat(1 + i % 4)));
                byte[] framed = client.require(SOON);
                for (int pad = 4 + framed[3]; pad < framed.length; pad++) {
                    assertThat(framed[pad]).isZero();
                }
            }
        }
    }

    @Test
    void row23AttributesAfterTheIntegrityAreNotObeyed() {
        client.allocate();
        Message answer = client.exchange(client.signed(Packet.request(Wire.REFRESH))
                .number(Wire.LIFETIME, 0)
                .fingerprint());
        assertThat(answer.expectSuccess().number(Wire.LIFETIME)).isPositive();
        client.exchange(client.signed(Packet.request(Wire.REFRESH))
                        .attribute(0x7001)
                        .fingerprint())
                .expectSuccess();
    }

    @Test
    void row23Sha256AfterSha1IsNoUnknownAttribute() {
        client.allocate();
        Message answer =
                client.exchange(client.signed(Packet.request(Wire.REFRESH)).integritySha256(new byte[16]));
        assertThat(answer.code()).isNotEqualTo(420);
        assertThat(answer.isSuccess())
                .as("a wrong signature beside a right one")
                .isFalse();
    }

    @Test
    void row26AttributesAtEveryLengthDoNoHarm() {
        for (int length = 0; length <= 1500; length++) {
            byte[] value = new byte[length];
            int type = length % 3 == 0 ? Wire.XOR_PEER_ADDRESS : length % 3 == 1 ? Wire.USERNAME : 0x8055;
            client.send(Packet.indication(Wire.SEND).attribute(type, value).bytes());
            if (length % 64 == 0) {
                client.exchange(Packet.request(Wire.BINDING)).expectSuccess();
            }
        }
        expectStillServed();
    }

    private void expectStillServed() {
        try (Client other = relay.open(transport)) {
            other.exchange(Packet.request(Wire.BINDING)).expectSuccess();
        }
    }
}
