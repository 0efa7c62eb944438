package dev.parley.it.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.transport.NetworkLoops;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that break the rules lose their own connection, and nobody else notices. */
class MisbehaviourIT {

    /** Sends something. */
    interface Act {
        void on(RawWebSocket client) throws IOException;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static Arguments act(String what, Act act, String close) {
        return Arguments.of(what, act, close);
    }

    static Stream<Arguments> acts() {
        return Stream.of(
                act("binary", client -> client.sendFrame(0x82, bytes(1)), "1003 text-only"),
                act("unmasked", client -> client.sendBytes(bytes(0x81, 2, '{', '}')), "1002 protocol-error"),
                act("RSV1", client -> client.sendFrame(0xC1, bytes('x')), "1002 protocol-error"),
                act("reserved opcode", client -> client.sendFrame(0x83), "1002 protocol-error"),
                act("long ping", client -> client.sendFrame(0x89, new byte[126]), "1002 protocol-error"),
                act("bad close code", client -> client.sendFrame(0x88, bytes(0x13, 0x88)), "1002 protocol-error"),
                act("bad UTF-8", client -> client.sendFrame(0x81, bytes(0xFF, 0xFE)), "1007 bad-utf8"),
                act("bad UTF-8 over two frames", MisbehaviourIT::splitBadUtf8, "1007 bad-utf8"),
                act("over the cap", client -> client.sendFrame(0x81, new byte[65_537]), "1009 too-big"),
                act(
                        "2^63 - 1",
                        client -> client.sendBytes(bytes(0x81, 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1)),
                        "1009 too-big"),
                act("endless fragments", MisbehaviourIT::fragments, "1009 too-big"));
    }

    private static void splitBadUtf8(RawWebSocket client) throws IOException {
        client.sendFrame(0x01, bytes('{', 0xE4));
        client.sendFrame(0x80, bytes('}'));
    }

    private static void fragments(RawWebSocket client) throws IOException {
        client.sendFrame(0x01, bytes('{'));
        for (int i = 0; i < 100; i++) {
            client.sendFrame(0x00, bytes(' '));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acts")
    void violationClosesWithItsCodeOnEveryTransport(String what, Act act, String close) throws IOException {
        for (NetworkLoops loops : new NetworkLoops[] {NetworkLoops.open(1), NetworkLoops.openNio(1)}) {
            try (HubServer hub = new HubServer(HubLimits.defaults(), loops);
                    RawWebSocket client = new RawWebSocket(hub.address());
                    RawWebSocket other = new RawWebSocket(hub.address())) {
                client.readUntil("welcome");
                act.on(client);
                assertThat(client.read()).isEqualTo(new RawWebSocket.Frame(8, close));
                client.finish();
                assertThat(client.isAtEnd()).isTrue();
                other.sendText("{\"type\":\"ping\"}");
                other.readUntil("pong");
            }
        }
    }

    @Test
    void messageInSingleBytesIsUnderstood() throws IOException {
        try (HubServer hub = new HubServer(HubLimits.defaults());
                RawWebSocket client = new RawWebSocket(hub.address())) {
            byte[] text = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
            client.sendBytes(bytes(0x81));
            client.sendBytes(bytes(0x80 | text.length));
            client.sendBytes(bytes(0, 0, 0, 0));
            for (byte b : text) {
                client.sendBytes(b);
            }
            assertThat(client.readUntil("pong")).isEqualTo("{\"type\":\"pong\",\"ack\":0}");
        }
    }

    @Test
    void section3Row25ClientThatDoesNotReadIsClosedAlone() throws IOException {
        HubLimits nobodyComesBack = HubLimits.defaults().with(HubLimit.RESUME_SECONDS, 0);
        try (HubServer hub = new HubServer(nobodyComesBack);
                RawWebSocket sender = new RawWebSocket(hub.address());
                RawWebSocket deaf = new RawWebSocket(hub.address(), 4096)) {
            sender.sendText("{\"type\":\"join\",\"room\":\"r\"}");
            sender.readUntil("joined");
            deaf.sendText("{\"type\":\"join\",\"room\":\"r\"}");
            sender.readUntil("member-joined");

            String data = "x".repeat(60_000);
            for (int i = 0; i < 150; i++) {
                sender.sendText("{\"type\":\"signal\",\"room\":\"r\",\"data\":\"" + data + "\"}");
            }
            assertThat(sender.readUntil("member-left")).contains("\"reason\":\"lost\"");
            assertThat(hub.counters.closes()).containsEntry(CloseReason.SLOW_READER, 1L);
            sender.sendText("{\"type\":\"ping\"}");
            sender.readUntil("pong");
        }
    }

    @Test
    void requestsWithoutReadingAnswersEndTheConnection() throws IOException {
        String request = String.join("\r\n", "GET /none HTTP/1.1", "Host: h", "", "");
        byte[] requests = request.repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (HubServer hub = new HubServer(HubLimits.defaults());
                Socket socket =
                        new Socket(hub.address().getAddress(), hub.address().getPort())) {
            int written = 0;
            try {
                for (; written < 1000; written++) {
                    socket.getOutputStream().write(requests);
                }
            } catch (IOException cutOff) {
                assertThat(cutOff).isNotNull();
            }
            assertThat(written).isLessThan(1000);
            Crowd.awaitThat("the connection is gone", () -> hub.counters.connections() == 0);
        }
    }
}
