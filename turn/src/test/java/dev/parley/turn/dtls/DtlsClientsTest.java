package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.ALICE;
import static dev.parley.turn.dtls.Datagrams.buffer;
import static dev.parley.turn.dtls.Datagrams.record;
import static dev.parley.turn.dtls.Datagrams.stranger;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.tls.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.CipherSuite;
import org.junit.jupiter.api.Test;

/** Whole handshakes and what can happen to the associations they make. */
class DtlsClientsTest {
    private static final TestCertificate EC = TestCertificate.ec(1);
    private static final TestCertificate RSA = TestCertificate.rsa(2);

    private final FakeLoop loop = new FakeLoop();
    private final DtlsShared shared = new DtlsShared(EC::material, DtlsLimits.DEFAULT, new SecureRandom());
    private final DtlsClients server = new DtlsClients(shared, loop);

    @Test
    void everySuiteCompletesAHandshakeAndCarriesDataBothWays() throws IOException {
        DtlsClients rsaServer =
                new DtlsClients(new DtlsShared(RSA::material, DtlsLimits.DEFAULT, new SecureRandom()), loop);
        int[] ec = {0xC02B, 0xC02C, 0xCCA9};
        int[] rsa = {0xC02F, 0xC030, 0xCCA8};
        for (int i = 0; i < 3; i++) {
            assertCarriesData(server, stranger(i), ec[i]);
            assertCarriesData(rsaServer, stranger(10 + i), rsa[i]);
        }
    }

    private void assertCarriesData(DtlsClients at, InetSocketAddress address, int suite) throws IOException {
        TestDtlsClient client = new TestDtlsClient(address, loop, at).connect(suite);
        loop.runUntil(client::isConnected);
        client.sendData(text("up"));
        loop.runUntil(() -> !loop.received.isEmpty());
        assertThat(loop.received.removeFirst()).isEqualTo(text("up"));

        path(at, address).reply(buffer(text("down")));
        path(at, address).channelData(buffer(text("payload")), 0x40000007);
        assertThat(client.receiveData()).isEqualTo(text("down"));
        assertThat(client.receiveData()).startsWith(0x40, 0, 0, 7).endsWith(text("payload"));
    }

    @Test
    void row54KeyExchangeByRsaIsRefused() {
        DtlsClients rsaServer =
                new DtlsClients(new DtlsShared(RSA::material, DtlsLimits.DEFAULT, new SecureRandom()), loop);
        TestDtlsClient client =
                new TestDtlsClient(ALICE, loop, rsaServer).connect(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256);

        loop.runUntil(client::isDone);

        assertThat(client.isConnected()).isFalse();
        loop.runUntil(() -> rsaServer.count() == 0);
    }

    @Test
    void row43TheDatagramThatReservesMebibytesReservesNothingBeforeAndAfterTheCookie() {
        byte[] datagram = sixteenGreedyFragments();
        assertThat(datagram.length).isBetween(200, 600);
        long before = HeapMeter.liveBytes();
        server.received(ALICE, buffer(datagram));
        long unverified = HeapMeter.liveBytes() - before;

        TestDtlsClient client = stalled(ALICE);
        before = HeapMeter.liveBytes();
        server.received(ALICE, buffer(datagram));
        long verified = HeapMeter.liveBytes() - before;

        System.out.println("row 43: heap " + unverified + " bytes more before the cookie, " + verified + " after it");
        assertThat(unverified).isLessThan(64 << 10);
        assertThat(verified).isLessThan(64 << 10);
        client.arrives = all -> true;
        loop.runUntil(client::isConnected);
    }

    private static byte[] sixteenGreedyFragments() {
        byte[] fragments = new byte[16 * 13];
        for (int i = 0; i < 16; i++) {
            byte[] one = Datagrams.fragment(HandshakeMessage.CLIENT_KEY_EXCHANGE, 0xFFFFFF, i, 0, 1, 1);
            System.arraycopy(one, 0, fragments, 13 * i, 13);
        }
        return record(DtlsRecord.HANDSHAKE, 0, 9, fragments);
    }

    @Test
    void row45PlaintextDataOnALiveAssociationIsIgnored() throws IOException {
        TestDtlsClient client = connected(ALICE);

        server.received(ALICE, buffer(record(DtlsRecord.APPLICATION_DATA, 0, 50, text("in clear"))));

        assertThat(loop.received).isEmpty();
        assertThat(loop.drops(WireDrop.DTLS_RECORD)).isEqualTo(1);
        assertLives(client);
    }

    @Test
    void row46OverlappingFragmentsInAHandshakeStayBoundedAndItCompletes() {
        TestDtlsClient client = stalled(ALICE);
        long before = HeapMeter.liveBytes();
        long startNanos = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            byte[] fragment = Datagrams.fragment(HandshakeMessage.CLIENT_HELLO, 16_000, 1, i, 10, 10);
            server.received(ALICE, buffer(record(DtlsRecord.HANDSHAKE, 0, 100 + i, fragment)));
        }
        long microsEach = (System.nanoTime() - startNanos) / 10_000_000;
        long grown = HeapMeter.liveBytes() - before;

        System.out.println("row 46: 10000 fragments, heap " + grown + " bytes more, " + microsEach + " us each");
        assertThat(grown).isLessThan(256 << 10);
        assertThat(microsEach).isLessThan(1000);
        assertThat(client.isDone()).isFalse();
    }

    @Test
    void row48ExplicitNoncesOfTenThousandRecordsAreUniqueAndIncrease() {
        connected(ALICE);
        List<byte[]> captured = new ArrayList<>();
        loop.connect(ALICE, captured::add);
        for (int i = 0; i < 10_000; i++) {
            path(server, ALICE).reply(buffer(text("data")));
        }

        long last = -1;
        for (byte[] datagram : captured) {
            long nonce = buffer(datagram).getLong(DtlsRecord.HEADER_BYTES);
            assertThat(nonce).isGreaterThan(last);
            last = nonce;
        }
        assertThat(captured).hasSize(10_000);
    }

    @Test
    void row49RecordsThatAreShortForgedOrOfAnotherEpochLeaveTheAssociationAlone() throws IOException {
        TestDtlsClient client = connected(ALICE);
        for (int bytes = 0; bytes < 40; bytes++) {
            for (int type = 20; type <= 25; type++) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    server.received(ALICE, buffer(record(type, epoch, 1000 + bytes, new byte[bytes])));
                }
            }
        }

        assertThat(loop.gone).isEmpty();
        assertThat(loop.received).isEmpty();
        assertLives(client);
    }

    @Test
    void row50AHelloOfOthersOrFromTheSameAddressLeavesTheLiveAssociationAlone() throws IOException {
        TestDtlsClient client = connected(ALICE);
        byte[] firstHello = client.sent.getFirst();
        byte[] verifiedHello = client.sent.get(1);
        for (InetSocketAddress sender : List.of(ALICE, stranger(1))) {
            server.received(sender, buffer(Datagrams.hello()));
            server.received(sender, buffer(firstHello));
            server.received(sender, buffer(verifiedHello));
        }

        assertThat(loop.gone).isEmpty();
        assertThat(shared.handshakes().total()).isZero();
        assertLives(client);
    }

    @Test
    void aClientThatBeganAnewReplacesItsAssociationOnlyWithItsFinished() throws IOException {
        TestDtlsClient before = connected(ALICE);
        TestDtlsClient after = new TestDtlsClient(ALICE, loop, server);
        after.arrives = datagram -> datagram[0] != DtlsRecord.CHANGE_CIPHER_SPEC && datagram[4] == 0;
        after.connect();
        loop.runUntil(() -> after.sent.stream().anyMatch(datagram -> datagram[4] == 1));

        assertThat(loop.gone).isEmpty();
        before.sendData(text("still here"));
        loop.runUntil(() -> !loop.received.isEmpty());

        after.arrives = all -> true;
        loop.runUntil(after::isConnected);
        assertThat(loop.gone).containsExactly(ALICE);
        loop.received.clear();
        after.sendData(text("anew"));
        loop.runUntil(() -> !loop.received.isEmpty());
        assertThat(server.count()).isEqualTo(1);
        assertThat(shared.associations().total()).isEqualTo(1);
    }

    @Test
    void aClientThatRepeatsItsFinishedGetsTheLastFlightAgain() {
        TestDtlsClient client = connected(ALICE);
        List<byte[]> again = new ArrayList<>();
        loop.connect(ALICE, again::add);
        byte[] finished =
                client.sent.stream().filter(d -> d[4] == 1).findFirst().orElseThrow();

        server.received(ALICE, buffer(finished));

        assertThat(again).hasSize(2);
        server.received(ALICE, buffer(finished));
        assertThat(again).as("a copy of the repetition").hasSize(2);
    }

    @Test
    void closeNotifyEndsTheAssociationAndWhatWasMadeOverIt() throws IOException {
        TestDtlsClient client = connected(ALICE);
        ClientPath path = path(server, ALICE);

        client.closeNotify();
        loop.runUntil(() -> !loop.gone.isEmpty());

        assertThat(server.count()).isZero();
        assertThat(shared.associations().total()).isZero();
        long sent = loop.datagramsSent;
        path.reply(buffer(text("too late")));
        assertThat(loop.datagramsSent).isEqualTo(sent);
        assertThat(loop.drops(WireDrop.CLIENT_GONE)).isEqualTo(1);
    }

    @Test
    void anIdleAssociationEndsUnlessItCarriesAnAllocation() {
        connected(ALICE);
        long idle = DtlsLimits.DEFAULT.idle().toNanos();
        loop.nowNanos = idle - 1;
        server.endIdle();
        assertThat(server.count()).isEqualTo(1);

        loop.withAllocation.add(ALICE);
        loop.nowNanos = idle;
        server.endIdle();
        assertThat(server.count()).isEqualTo(1);

        loop.withAllocation.clear();
        server.endIdle();
        assertThat(server.count()).isZero();
        assertThat(loop.gone).containsExactly(ALICE);
    }

    @Test
    void associationsAreBoundedInTotalAndByAddressAndAnIdleOneMakesRoom() {
        DtlsLimits two = new DtlsLimits(10, 10, 2, 1, DtlsLimits.DEFAULT.deadline(), DtlsLimits.DEFAULT.idle());
        DtlsShared bounded = new DtlsShared(EC::material, two, new SecureRandom());
        DtlsClients few = new DtlsClients(bounded, loop);
        handshake(few, new InetSocketAddress("198.51.100.1", 1), bounded, 1);
        handshake(few, new InetSocketAddress("198.51.100.1", 2), bounded, 2);
        assertThat(bounded.refusals(DtlsRefusal.ASSOCIATIONS_OF_ADDRESS)).isEqualTo(1);
        handshake(few, new InetSocketAddress("198.51.100.2", 1), bounded, 3);
        assertThat(bounded.refusals(DtlsRefusal.ASSOCIATIONS)).isZero();
        handshake(few, new InetSocketAddress("198.51.100.3", 1), bounded, 4);
        assertThat(bounded.refusals(DtlsRefusal.ASSOCIATIONS)).isEqualTo(1);
        assertThat(bounded.associationsLive()).isEqualTo(2);
        assertThat(few.count()).isEqualTo(2);

        loop.nowNanos = two.idle().toNanos();
        few.endIdle();
        handshake(few, new InetSocketAddress("198.51.100.3", 1), bounded, 5);

        assertThat(bounded.associationsLive()).isEqualTo(1);
        assertThat(bounded.handshakesLive()).isZero();
        assertThat(bounded.handshakesFailed()).isZero();
    }

    private void handshake(DtlsClients at, InetSocketAddress address, DtlsShared counted, int completed) {
        new TestDtlsClient(address, loop, at).connect();
        loop.runUntil(() -> counted.handshakesCompleted() == completed);
    }

    @Test
    void aMessageLongerThanARecordIsDroppedAndCounted() {
        connected(ALICE);
        path(server, ALICE).reply(buffer(new byte[DtlsRecord.PLAINTEXT_MAX]));
        assertThat(loop.drops(WireDrop.TOO_LONG)).isZero();
        path(server, ALICE).reply(buffer(new byte[DtlsRecord.PLAINTEXT_MAX + 1]));
        assertThat(loop.drops(WireDrop.TOO_LONG)).isEqualTo(1);
    }

    private TestDtlsClient connected(InetSocketAddress address) {
        TestDtlsClient client = new TestDtlsClient(address, loop, server).connect();
        // The server's own end of the handshake may come a moment after its last flight.
        loop.runUntil(() -> client.isConnected() && server.find(keyOf(address)) != null);
        return client;
    }

    /** A handshake whose client has shown its address and then says nothing more. */
    private TestDtlsClient stalled(InetSocketAddress address) {
        TestDtlsClient client = new TestDtlsClient(address, loop, server);
        client.arrives = datagram -> datagram[0] == DtlsRecord.HANDSHAKE
                && datagram[DtlsRecord.HEADER_BYTES] == HandshakeMessage.CLIENT_HELLO;
        client.connect();
        loop.runUntil(() -> client.sent.stream().anyMatch(datagram -> datagram[4] == 1));
        return client;
    }

    private void assertLives(TestDtlsClient client) throws IOException {
        loop.received.clear();
        client.sendData(text("alive"));
        loop.runUntil(() -> !loop.received.isEmpty());
        assertThat(loop.received).containsExactly(text("alive"));
        path(server, ALICE).reply(buffer(text("as well")));
        byte[] answer = client.receiveData();
        assertThat(Arrays.equals(answer, text("as well"))).isTrue();
    }

    private static ClientPath path(DtlsClients at, InetSocketAddress address) {
        return requireNonNull(at.find(keyOf(address)));
    }

    private static ClientKey keyOf(InetSocketAddress address) {
        return new ClientKey(TransportAddress.ofInetSocketAddress(address), 0);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
