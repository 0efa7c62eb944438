package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row 4: bytes that nobody wrote told other clients' data elsewhere (CVE-2020-4067); here all padding is zero. */
class PaddingTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final int MESSAGES = 2500;

    private final RelayFixture relay = RelayFixture.withLoops(1);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void row4EveryPaddingByteOfAnErrorAnswerIsZero() {
        int padding = 0;
        for (int i = 0; i < MESSAGES; i++) {
            // One or three unknown attributes make a list of 2 or 6 bytes, padded to 4 or 8.
            String unknown = "7ff00000".repeat(1 + 2 * (i % 2));
            String length = "%04x".formatted(unknown.length() / 2);
            String request = "0001" + length + "2112a442" + "%024x".formatted(i) + unknown;
            TransportAddress source = TransportAddress.parse("11.0." + (i >> 8) + "." + (i & 255) + ":5000");
            relay.listener(0)
                    .deliver(source, HeaderFields.DEFAULT, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(request)));
            padding += paddingOf(relay.listener(0).next());
        }
        System.out.printf("row 4: %d error answers, %d padding bytes, all zero%n", MESSAGES, padding);
        assertThat(padding).isGreaterThanOrEqualTo(2 * MESSAGES);
    }

    @Test
    void row4EveryPaddingByteOfADataIndicationIsZero() {
        FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
        TransportAddress relayed = alice.allocate();
        alice.permit(PEER);
        int padding = 0;
        for (int i = 0; i < MESSAGES; i++) {
            relay.fromPeer(PEER, relayed, HexFormat.of().formatHex(ones(i % 61)));
            padding += paddingOf(relay.listener(0).next());
        }
        System.out.printf("row 4: %d Data indications, %d padding bytes, all zero%n", MESSAGES, padding);
        assertThat(padding).isPositive();
    }

    private static byte[] ones(int length) {
        byte[] payload = new byte[length];
        java.util.Arrays.fill(payload, (byte) 0xFF);
        return payload;
    }

    /** The number of padding bytes behind the attributes of a message, each of which must be zero. */
    private static int paddingOf(FakeSocket.@Nullable Sent sent) {
        ByteBuf message = Objects.requireNonNull(sent, "no answer").bytes();
        int padding = 0;
        int at = message.readerIndex() + 20;
        while (at < message.writerIndex()) {
            int length = message.getUnsignedShort(at + 2);
            int end = at + 4 + length;
            at = end + (-length & 3);
            for (int index = end; index < at; index++) {
                assertThat(message.getByte(index)).isZero();
                padding++;
            }
        }
        return padding;
    }
}
