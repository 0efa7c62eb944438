package dev.parley.it.abuse;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams that lie about lengths: what has a wrong length is no message, and harms nobody. */
@ResourceLock("the relay under attack")
@ParameterizedClass
@EnumSource(names = {"UDP", "DTLS"})
@ExtendWith(RelayUnderAttack.Provider.class)
class HostileDatagramsIT {
    private final Transport transport;
    private final RelayUnderAttack relay;
    private final Client client;

    HostileDatagramsIT(Transport transport, RelayUnderAttack relay) {
        this.transport = transport;
        this.relay = relay;
        this.client = relay.open(transport);
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void row26ALieAboutTheLengthOfAnAttributeDoesNoHarm() {
        for (int lie = 0; lie <= 1500; lie += 7) {
            client.send(Packet.request(Wire.BINDING)
                    .attribute(Wire.SOFTWARE, lie, new byte[] {1, 2, 3, 4}, (byte) 0)
                    .bytes());
        }
        expectStillServed();
    }

    @Test
    void row28ALengthBeyondTheMessageIsDropped() {
        for (int length : List.of(0xFFFC, 0xFFFF, 1, 2, 3, 24, 1500)) {
            client.expectSilenceAbout(
                    Packet.request(Wire.BINDING).lengthField(length).bytes());
        }
    }

    private void expectStillServed() {
        try (Client other = relay.open(transport)) {
            other.exchange(Packet.request(Wire.BINDING)).expectSuccess();
        }
    }
}
