package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a stranger who writes somebody else's address into its packets can make the server send there: rows 1 to 6 of
 * the abuse table. Each test prints what it measured.
 */
class ReflectionTest {
    private static final int IPV4_AND_UDP = 28;
    private static final int IPV6_AND_UDP = 48;
    private static final String COOKIE = "2112a442";
    private static final String TRANSACTION = "0102030405060708090a0b0c";
    private static final String BINDING = "00010000" + COOKIE + TRANSACTION;
    private static final String BARE_ALLOCATE = "00030000" + COOKIE + TRANSACTION;
    private static final String ALLOCATE = "00030008" + COOKIE + TRANSACTION + "0019000411000000";

    private final RelayFixture relay = RelayFixture.withLoops(1);

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void row1ABindingAnswerIsHardlyLongerThanItsRequest() {
        int ipv4 = single(answers("192.0.2.1:5000", BINDING)).length;
        int ipv6 = single(answers("[2001:db8::1]:5000", BINDING)).length;

        double onWire = Math.max(
                (double) (ipv4 + IPV4_AND_UDP) / (20 + IPV4_AND_UDP),
                (double) (ipv6 + IPV6_AND_UDP) / (20 + IPV6_AND_UDP));
        System.out.printf("row 1: 20 B -> %d B (IPv4), %d B (IPv6), at most %.2f on the wire%n", ipv4, ipv6, onWire);
        assertThat(ipv4).isEqualTo(32);
        assertThat(ipv6).isEqualTo(44);
        assertThat(onWire).isLessThanOrEqualTo(1.36);
    }

    @Test
    void row2AnOldRequestWithoutTheCookieGetsNothing() {
        assertThat(answers("192.0.2.1:5000", "00010000" + "00000000" + TRANSACTION))
                .isEmpty();
        assertThat(answers("192.0.2.1:5000", "00010008" + "00000000" + TRANSACTION + "0003000400000006"))
                .isEmpty();
        System.out.println("row 2: 2 requests without the cookie, 0 bytes out");
        assertThat(relay.counters().drops(WireDrop.MALFORMED_STUN)).isEqualTo(2);
    }

    @Test
    void row2NoAttributeSendsTheAnswerElsewhere() {
        String changeRequest = "0003000400000006";
        String responseAddress = "00020008000100507f000001";
        String responsePort = "0027000400500000";
        String padding = "0026000400000000";
        for (String attribute : List.of(changeRequest, responseAddress, responsePort, padding)) {
            String length = "%04x".formatted(attribute.length() / 2);
            // Whatever the answer is, answers() fails if it goes to anybody but the source.
            byte[] answer = single(answers("192.0.2.7:5000", "0001" + length + COOKIE + TRANSACTION + attribute));
            System.out.printf(
                    "row 2: attribute %s: %d B in, %d B out%n",
                    attribute.substring(0, 4), 20 + attribute.length() / 2, answer.length);
            assertThat(answer[0] == 1 && (answer[1] == 1 || answer[1] == 0x11)).isTrue();
        }
    }

    @Test
    void row3AnUnsignedAllocateIsAnsweredShortlyAndTenTimesASecond() {
        int bare = single(answers("192.0.2.1:5000", BARE_ALLOCATE)).length;
        int usual = single(answers("192.0.2.2:5000", ALLOCATE)).length;
        // The realm of this test has 4 characters; one of 12 makes an answer of 8 bytes more.
        double bareRatio = (bare + 8) / 20.0;
        double usualRatio = (usual + 8) / 28.0;
        System.out.printf("row 3: 401 of %d B, ratio %.2f bare and %.2f for 28 B%n", bare + 8, bareRatio, usualRatio);
        assertThat(bareRatio).isLessThanOrEqualTo(3.6);
        assertThat(usualRatio).isLessThanOrEqualTo(2.6);

        int answered = 0;
        for (int port = 1024; port < 2024; port++) {
            answered += answers("192.0.2.3:" + port, ALLOCATE).size();
        }
        System.out.printf("row 3: 1000 requests of one source in a second, %d answers%n", answered);
        assertThat(answered).isEqualTo(10);
        relay.advance(Duration.ofSeconds(1));
        assertThat(answers("192.0.2.3:5000", ALLOCATE)).hasSize(1);
    }

    @Test
    void row3ManyClientsBehindOneNatAreNotSlowedOnceOneIsProven() {
        relay.client(0, "192.0.2.50:2000", "first").allocate();
        int answered = 0;
        for (int port = 3000; port < 3300; port++) {
            answered += answers("192.0.2.50:" + port, ALLOCATE).size();
        }
        System.out.printf("row 3: 300 clients behind a proven NAT in one second, %d answered%n", answered);
        assertThat(answered).isEqualTo(300);
    }

    @Test
    void row4And19UnsignedRequestsLeaveNoState() {
        int requests = 4_000;
        long before = usedBytes();
        for (int i = 0; i < requests; i++) {
            String source = "11." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            answers(source + ":" + (1024 + i % 60_000), ALLOCATE);
        }
        System.out.printf(
                "row 4: %d unsigned requests, %d allocations, %d free ports, heap %+d KiB%n",
                requests, relay.core(0).allocationCount(), relay.core(0).freePorts(), (usedBytes() - before) / 1024);
        assertThat(relay.core(0).allocationCount()).isZero();
        assertThat(relay.core(0).freePorts()).isEqualTo(100);
        assertThat(relay.core(0).nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(relay.sockets().count()).isEqualTo(1);
        assertThat(relay.counters().refusals(RefusalReason.UNSIGNED)).isEqualTo(requests);
    }

    @Test
    void row5AMadeUpNonceCostsNoLookUpAndItsAnswerIsShorterThanTheRequest() {
        String user = "0006000578787878" + "78000000";
        String realm = "0014000474657374";
        String nonce = "00150010" + "6162636465666768696a6b6c6d6e6f70";
        String integrity = "00080014" + "00".repeat(20);
        String attributes = user + realm + nonce + integrity;
        String request = "0003%04x".formatted(attributes.length() / 2) + COOKIE + TRANSACTION + attributes;
        long start = System.nanoTime();
        int rounds = 2_000;
        for (int i = 0; i < rounds; i++) {
            List<byte[]> answer = answers("192.0.2.9:5000", request);
            assertThat(answer).allMatch(bytes -> bytes.length <= request.length() / 2);
        }
        long micros = (System.nanoTime() - start) / 1000 / rounds;
        System.out.printf("row 5: %d forged requests of %d B, %d us each%n", rounds, request.length() / 2, micros);
        assertThat(relay.counters().refusals(RefusalReason.FORGED_NONCE)).isEqualTo(rounds);
        assertThat(relay.userLookUps()).isZero();
    }

    @Test
    void row6JunkIsCountedByClassAndGetsNothing() {
        List<String> junk =
                List.of("ff00", "16feff000000", "00", "4000000441424344", "00160000" + COOKIE + TRANSACTION);
        int rounds = 10_000;
        int bytesOut = 0;
        for (int i = 0; i < rounds; i++) {
            bytesOut += answers("192.0.2.66:" + (1024 + i), junk.get(i % junk.size()))
                    .size();
        }
        System.out.printf("row 6: %d junk packets, %d answers%n", rounds, bytesOut);
        assertThat(bytesOut).isZero();
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_PACKET)).isPositive();
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_CLIENT)).isPositive();
    }

    @Test
    void row28ALengthThatIsNotThereIsDropped() {
        for (String length : List.of("fffc", "ffff", "0001", "0004", "7ffc")) {
            assertThat(answers("192.0.2.1:5000", "0001" + length + COOKIE + TRANSACTION))
                    .isEmpty();
        }
        assertThat(relay.counters().drops(WireDrop.MALFORMED_STUN)).isPositive();
    }

    /** What the server sends for this one datagram; the test fails if any of it goes elsewhere. */
    private List<byte[]> answers(String source, String hex) {
        TransportAddress from = TransportAddress.parse(source);
        ByteBuf content = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        relay.listener(0).deliver(from, HeaderFields.DEFAULT, content);
        List<byte[]> answers = new ArrayList<>();
        for (FakeSocket.Sent out = relay.listener(0).next();
                out != null;
                out = relay.listener(0).next()) {
            assertThat(out.to()).isEqualTo(from);
            answers.add(ByteBufUtil.decodeHexDump(out.hex()));
        }
        return answers;
    }

    private static byte[] single(List<byte[]> answers) {
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
