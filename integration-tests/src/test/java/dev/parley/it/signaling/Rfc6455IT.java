package dev.parley.it.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 6455 as the server process keeps it, byte by byte, in the groups of the well-known suite of WebSocket tests.
 * Where that suite has its messages echoed, a message here asks for an answer that carries its text.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Rfc6455IT {
    private static final String FRAMES = "dev.parley.it.signaling.Rfc6455Frames#";
    private static final String UTF8 = "dev.parley.it.signaling.Rfc6455Utf8#";
    private static final String CLOSES = "dev.parley.it.signaling.Rfc6455Closes#";

    /** What a client that is done says at last: {@link Rfc6455Case#IN_ORDER}. */
    private static final byte[] DONE = {0x03, (byte) 0xE8, 'd', 'o', 'n', 'e'};

    private final ParleyProcess parley = ParleyProcess.plan()
            .set("limits.sessions-per-address", 5000)
            .set("limits.connections-per-address", 5000)
            .start();
    private final InetSocketAddress hub = new InetSocketAddress(parley.host(), parley.httpPort());

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        FRAMES + "lengths",
        FRAMES + "masks",
        FRAMES + "reservedBits",
        FRAMES + "reservedOpcodes",
        FRAMES + "pings",
        FRAMES + "fragments"
    })
    void framesAreTakenOrRefusedAsWritten(String name, Rfc6455Case sent, List<String> comesBack) throws IOException {
        assertThat(exchange(sent, comesBack)).isEqualTo(comesBack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({UTF8 + "valid", UTF8 + "invalid", UTF8 + "cutOff"})
    void textIsUtf8(String name, Rfc6455Case sent, List<String> comesBack) throws IOException {
        assertThat(exchange(sent, comesBack)).isEqualTo(comesBack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(UTF8 + "wrongEarly")
    void wrongTextIsNotReadToItsEnd(String name, Rfc6455Case sent, List<String> comesBack) throws IOException {
        try (RawWebSocket client = open()) {
            sent.actOn(client);
            assertThat(Rfc6455Case.described(client.read())).isEqualTo(Rfc6455Case.BAD_UTF8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({CLOSES + "validCodes", CLOSES + "invalidCodes", CLOSES + "reasons", CLOSES + "afterwards"})
    void closeIsAnsweredOnceAndIsTheEnd(String name, Rfc6455Case sent, List<String> comesBack) throws IOException {
        assertThat(exchange(sent, comesBack)).isEqualTo(comesBack);
    }

    /** Around each form of the length; {@link RawWebSocket} takes the shortest form alone, unmasked, in one frame. */
    @Test
    void serverWritesItsLengthsInTheShortestForm() throws IOException {
        try (RawWebSocket ann = open();
                RawWebSocket bob = open()) {
            ann.sendText("{\"type\":\"join\",\"room\":\"lengths\"}");
            ann.readUntil("joined");
            bob.sendText("{\"type\":\"join\",\"room\":\"lengths\"}");
            bob.readUntil("joined");
            int shortest = signal(ann, bob, 0);
            assertThat(shortest).isLessThan(125);
            for (int length : new int[] {125, 126, 127, 65_000, 65_535, 65_536}) {
                assertThat(signal(ann, bob, length - shortest)).isEqualTo(length);
            }
        }
    }

    /** Sends data of this many characters; returns the length of what arrives. */
    private static int signal(RawWebSocket from, RawWebSocket to, int characters) throws IOException {
        String data = '"' + "d".repeat(characters) + '"';
        from.sendText("{\"type\":\"signal\",\"room\":\"lengths\",\"data\":" + data + "}");
        String arrived = to.readUntil("signal");
        assertThat(arrived).contains(data);
        return arrived.length();
    }

    private RawWebSocket open() throws IOException {
        RawWebSocket client = new RawWebSocket(hub);
        client.readUntil("welcome");
        return client;
    }

    /** Returns everything that comes back until the connection ends; a client that did nothing wrong ends it itself. */
    private List<String> exchange(Rfc6455Case sent, List<String> expected) throws IOException {
        try (RawWebSocket client = open()) {
            List<String> back = sent.actOn(client);
            while (back.size() < expected.size() - 1) {
                back.add(Rfc6455Case.described(client.read()));
            }
            if (expected.getLast().equals(Rfc6455Case.IN_ORDER)) {
                client.sendFrame(0x88, DONE);
            }
            do {
                back.add(Rfc6455Case.described(client.read()));
            } while (!back.getLast().startsWith("close"));
            client.finish();
            assertThat(client.isAtEnd()).isTrue();
            return back;
        }
    }
}
