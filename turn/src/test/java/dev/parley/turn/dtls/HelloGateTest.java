package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.ALICE;
import static dev.parley.turn.dtls.Datagrams.buffer;
import static dev.parley.turn.dtls.Datagrams.cookieOf;
import static dev.parley.turn.dtls.Datagrams.fragment;
import static dev.parley.turn.dtls.Datagrams.hello;
import static dev.parley.turn.dtls.Datagrams.record;
import static dev.parley.turn.dtls.Datagrams.stranger;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.tls.TestCertificate;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What a sender gets, and what is kept of it, before it has shown its address. */
class HelloGateTest {
    private final SecureRandom random = new SecureRandom();
    private final TestCertificate certificate = TestCertificate.ec(1);
    private final DtlsShared shared = new DtlsShared(certificate::material, DtlsLimits.DEFAULT, random);
    private final FakeLoop loop = new FakeLoop();
    private final DtlsClients clients = new DtlsClients(shared, loop);
    private byte[] answer = {};

    @Test
    void row17FragmentsWithAHugeDeclaredLengthFromFreshPortsLeaveNothing() {
        byte[] datagram = record(DtlsRecord.HANDSHAKE, 0, 0, fragment(1, 650_000, 0, 0, 10, 10));
        assertThat(datagram).hasSize(35);
        send(stranger(0), datagram);
        long before = HeapMeter.liveBytes();

        for (int i = 0; i < 10_000; i++) {
            send(stranger(i), datagram);
        }

        long grown = HeapMeter.liveBytes() - before;
        System.out.println("row 17: 10000 datagrams of 35 bytes, heap " + grown + " bytes more, clients "
                + clients.count() + ", bytes out " + loop.bytesSent);
        assertNothingKept();
        assertThat(loop.bytesSent).isZero();
        assertThat(grown).isLessThan(1 << 20);
        assertThat(loop.drops(WireDrop.DTLS_HELLO)).isEqualTo(10_001);
    }

    @Test
    void row18RecordsOfOtherTypesFromStrangersLeaveNothingAndGetNothing() {
        long before = HeapMeter.liveBytes();
        int[] types = {0x14, 0x15, 0x17};
        for (int i = 0; i < 100_000; i++) {
            send(stranger(i), record(types[i % 3], i % 2, i, new byte[i % 64]));
        }

        long grown = HeapMeter.liveBytes() - before;
        System.out.println("row 18: 100000 records, heap " + grown + " bytes more, clients " + clients.count()
                + ", bytes out " + loop.bytesSent);
        assertNothingKept();
        assertThat(loop.bytesSent).isZero();
        assertThat(grown).isLessThan(1 << 20);
        assertThat(loop.drops(WireDrop.DTLS_STRANGER)).isEqualTo(100_000);
    }

    @Test
    void row44NoHelloWithoutACookieMakesASession() {
        for (int i = 0; i < 10_000; i++) {
            send(stranger(i), hello());
        }

        assertNothingKept();
        assertThat(loop.datagramsSent).isEqualTo(10_000);
    }

    @Test
    void section3Row8TheAnswerIsNeverLongerThanTheQuestionAndKeepsNothing() {
        double worst = 0;
        for (int bytes = 0; bytes <= 255; bytes++) {
            byte[] question = hello(new byte[bytes], 1, 0);
            long before = loop.bytesSent;
            send(ALICE, question);
            worst = Math.max(worst, (double) (loop.bytesSent - before) / question.length);
        }

        System.out.printf("section 3 row 8: bytes out for bytes in %.2f, state %d%n", worst, clients.count());
        assertThat(worst).isLessThanOrEqualTo(1.0).isPositive();
        assertNothingKept();
    }

    @Test
    void aHelloShorterThanTheAnswerIsDroppedAndOneAsLongIsAnswered() {
        CookieKeys keys = new CookieKeys(random);
        HelloGate gate = new HelloGate(keys);
        ClientHello hello = find(hello());

        assertThat(gate.challenge(hello, HelloGate.REPLY_BYTES - 1, ALICE, 0, loop.alloc()))
                .isNull();
        ByteBuf reply = requireNonNull(gate.challenge(hello, HelloGate.REPLY_BYTES, ALICE, 0, loop.alloc()));
        assertThat(reply.readableBytes()).isEqualTo(HelloGate.REPLY_BYTES);
        reply.release();
    }

    @Test
    void theAnswerRepeatsTheRecordNumberAndHasMessageNumberZero() {
        loop.connect(ALICE, bytes -> answer = bytes);
        byte[] question = hello();
        question[10] = 77;
        send(ALICE, question);

        ByteBuf reply = buffer(answer);
        assertThat(DtlsRecord.sequence(reply, 0)).isEqualTo(77);
        assertThat(DtlsRecord.version(reply, 0)).isEqualTo(DtlsRecord.DTLS_1_0);
        assertThat(HandshakeMessage.type(reply, 13)).isEqualTo(HandshakeMessage.HELLO_VERIFY_REQUEST);
        assertThat(HandshakeMessage.sequence(reply, 13)).isZero();
        assertThat(HandshakeMessage.length(reply, 13)).isEqualTo(reply.readableBytes() - 25);
    }

    @Test
    void aCookieIsGoodForItsAddressItsPortAndItsHelloOnly() {
        HelloGate gate = new HelloGate(new CookieKeys(random));
        byte[] cookie = cookie(gate, 0);

        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, 0)).isTrue();
        InetSocketAddress otherPort = new InetSocketAddress(ALICE.getAddress(), ALICE.getPort() + 1);
        InetSocketAddress otherAddress = new InetSocketAddress("192.0.2.2", ALICE.getPort());
        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), otherPort, 0)).isFalse();
        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), otherAddress, 0)).isFalse();
        assertThat(gate.isVerified(find(hello(cookie, 1, 9)), ALICE, 0)).isFalse();
        assertThat(gate.isVerified(find(hello(Arrays.copyOf(cookie, 15), 1, 0)), ALICE, 0))
                .isFalse();
        cookie[0] ^= 1;
        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, 0)).isFalse();
    }

    @Test
    void aCookieOutlivesOneRotationOfItsKeyAndNotTwo() {
        HelloGate gate = new HelloGate(new CookieKeys(random));
        long hour = CookieKeys.ROTATION.toNanos();
        byte[] cookie = cookie(gate, hour - 1);

        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, hour)).isTrue();
        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, 2 * hour - 1))
                .isTrue();
        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, 2 * hour)).isFalse();
    }

    @Test
    void keysOfALongSilenceAreForgottenToo() {
        HelloGate gate = new HelloGate(new CookieKeys(random));
        byte[] cookie = cookie(gate, 0);

        assertThat(gate.isVerified(find(hello(cookie, 1, 0)), ALICE, 5 * CookieKeys.ROTATION.toNanos()))
                .isFalse();
    }

    @Test
    void everyTruncationOfAHelloIsDroppedWithoutAnAnswer() {
        byte[] whole = hello(new byte[20], 1, 0);
        for (int bytes = 0; bytes < whole.length; bytes++) {
            send(ALICE, Arrays.copyOf(whole, bytes));
        }

        assertThat(loop.bytesSent).isZero();
        assertNothingKept();
    }

    @Test
    void mutatedHellosAreAnsweredBrieflyOrDropped() {
        long seed = random.nextLong();
        RandomGenerator mutations =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] whole = hello(new byte[20], 1, 0);
        int longest = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = whole.clone();
            for (int j = 0; j <= mutations.nextInt(4); j++) {
                mutated[mutations.nextInt(mutated.length)] = (byte) mutations.nextInt();
            }
            long before = loop.bytesSent;
            send(ALICE, mutated);
            longest = Math.max(longest, (int) (loop.bytesSent - before));
        }
        assertThat(longest).as("seed %d", seed).isEqualTo(HelloGate.REPLY_BYTES);
        assertNothingKept();
    }

    private byte[] cookie(HelloGate gate, long nowNanos) {
        ByteBuf reply = requireNonNull(gate.challenge(find(hello()), 200, ALICE, nowNanos, loop.alloc()));
        byte[] bytes = new byte[reply.readableBytes()];
        reply.readBytes(bytes).release();
        return cookieOf(bytes);
    }

    private static ClientHello find(byte[] datagram) {
        return requireNonNull(ClientHello.find(buffer(datagram)));
    }

    private void send(InetSocketAddress sender, byte[] datagram) {
        clients.received(sender, buffer(datagram));
    }

    private void assertNothingKept() {
        assertThat(clients.count()).isZero();
        assertThat(shared.handshakes().total()).isZero();
        assertThat(shared.handshakes().sources()).isZero();
        assertThat(shared.associations().total()).isZero();
    }
}
