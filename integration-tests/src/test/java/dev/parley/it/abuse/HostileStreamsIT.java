package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Link;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.StreamLink;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes on connections that are no TURN: the connection ends, and nobody hears anything. */
@ResourceLock("the relay under attack")
@ParameterizedClass
@EnumSource(names = {"TCP", "TLS"})
@ExtendWith(RelayUnderAttack.Provider.class)
class HostileStreamsIT {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Transport transport;
    private final RelayUnderAttack relay;

    HostileStreamsIT(Transport transport, RelayUnderAttack relay) {
        this.transport = transport;
        this.relay = relay;
    }

    @Test
    void row28ALengthBeyondTheFrameLimitClosesTheConnection() {
        for (int length : List.of(0xFFFC, 0xFFFF, 3, 0x2001)) {
            try (Link link = Link.open(transport, relay.freshSource(), relay.address(transport))) {
                link.send(Packet.request(Wire.BINDING).lengthField(length).bytes());
                assertThat(((StreamLink) link).receiveAll(SOON)).isEmpty();
                assertThat(link.isEnded()).as("length " + length).isTrue();
            }
        }
        expectStillServed();
    }

    @Test
    void row05And29OtherProtocolsOnTheStreamPortsHearNothing() {
        for (byte[] banner : List.of(
                ascii("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                ascii("POST /x HTTP/1.1\r\nContent-Length: 10\r\n\r\n"),
                ascii("POST / HTTP/1.0\r\n\r\nx"),
                ascii("POST / HTTP/1.1\r\n\r\n"),
                ascii("POST /logon HTTP/1.1\r\nContent-Length: 4\r\n\r\nuname"),
                ascii("SSH-2.0-OpenSSH_9.2\r\n"),
                HexFormat.of().parseHex("0300002f2ae00000000000436f6f6b69653a206d737473"),
                HexFormat.of().parseHex("ffffffffffffffff"))) {
            try (Link link = Link.open(transport, relay.freshSource(), relay.address(transport))) {
                link.send(banner);
                byte[] heard = ((StreamLink) link).receiveAll(Duration.ofSeconds(15));
                assertThat(new String(heard, StandardCharsets.ISO_8859_1)).isEmpty();
                assertThat(link.isEnded()).isTrue();
            }
        }
    }

    private void expectStillServed() {
        try (Client other = relay.open(transport)) {
            other.exchange(Packet.request(Wire.BINDING)).expectSuccess();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
