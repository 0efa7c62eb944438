package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.buffer;
import static dev.parley.turn.dtls.Datagrams.cookieOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.tls.TestCertificate;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that prove their address and then do not go on. */
class StalledHandshakesTest {
    private static final int MOST = 40;
    private static final int MOST_PER_SOURCE = 4;
    /** HelloVerifyRequest, ServerHello, Certificate, ServerKeyExchange, ServerHelloDone. */
    private static final int FLIGHTS = 5;

    private static final TestCertificate CERTIFICATE = TestCertificate.ec(1);

    private final FakeLoop loop = new FakeLoop();
    private DtlsShared shared = shared(Duration.ofSeconds(60));
    private DtlsClients server = new DtlsClients(shared, loop);
    private byte[] answer = {};

    @BeforeEach
    void classesAreLoadedBeforeAnythingIsMeasured() {
        stall(address(250, 1));
        loop.runUntil(() -> loop.datagramsSent >= FLIGHTS);
    }

    @Test
    void section3Row9EachHoldsLittleAndTheirNumberIsBoundedInTotalAndBySource() {
        int already = shared.handshakes().total();
        long before = HeapMeter.liveBytes();
        for (int i = 0; i < MOST_PER_SOURCE + 1; i++) {
            stall(address(1, 1000 + i));
        }
        assertThat(shared.handshakes().total() - already).isEqualTo(MOST_PER_SOURCE);
        assertThat(shared.refusals(DtlsRefusal.HANDSHAKES_OF_ADDRESS)).isEqualTo(1);
        for (int i = 2; shared.handshakes().total() < MOST; i++) {
            stall(address(i, 1000));
        }
        loop.runUntil(() -> loop.datagramsSent >= (long) FLIGHTS * MOST); // all threads wait for an answer
        long each = (HeapMeter.liveBytes() - before) / (MOST - already);
        int full = loop.drops(WireDrop.DTLS_FULL);
        stall(address(200, 1000));

        System.out.println("section 3 row 9: " + each + " bytes of heap for each of " + MOST + " stalled handshakes");
        assertThat(loop.drops(WireDrop.DTLS_FULL)).isEqualTo(full + 1);
        assertThat(shared.refusals(DtlsRefusal.HANDSHAKES)).isEqualTo(1);
        assertThat(shared.handshakesLive()).isEqualTo(MOST);
        assertThat(each).isLessThan(32 << 10);
    }

    @Test
    void aStalledHandshakeEndsAtItsDeadlineAndGivesItsPlaceBack() {
        shared = shared(Duration.ofMillis(300));
        server = new DtlsClients(shared, loop);
        long startNanos = System.nanoTime();
        stall(address(1, 1));
        assertThat(server.count()).isEqualTo(1);

        loop.runUntil(() -> server.count() == 0);

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
        assertThat(shared.handshakes().total()).isZero();
        assertThat(shared.handshakes().sources()).isZero();
        assertThat(loop.gone).isEmpty();
    }

    @Test
    void aClientThatBeginsAnewGivesUpItsFormerHandshake() {
        int already = shared.handshakes().total();
        for (int fill = 0; fill < 20; fill++) {
            stall(address(1, 1), fill);
            loop.runUntil(() -> shared.handshakes().total() <= already + 1);
        }

        assertThat(server.count()).isEqualTo(already + 1);
    }

    private static DtlsShared shared(Duration deadline) {
        DtlsLimits limits = new DtlsLimits(MOST, MOST_PER_SOURCE, 1000, 100, deadline, Duration.ofSeconds(60));
        return new DtlsShared(CERTIFICATE::material, limits, new SecureRandom());
    }

    private static InetSocketAddress address(int host, int port) {
        return new InetSocketAddress("198.51.100." + host, port);
    }

    private void stall(InetSocketAddress address) {
        stall(address, 0);
    }

    private void stall(InetSocketAddress address, int randomFill) {
        loop.connect(address, bytes -> answer = bytes);
        server.received(address, buffer(Datagrams.helloWithExtensions(new byte[0], 0, randomFill)));
        byte[] cookie = cookieOf(answer);
        server.received(address, buffer(Datagrams.helloWithExtensions(cookie, 1, randomFill)));
    }
}
