package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.PEER;
import static dev.parley.turn.core.TurnFixture.codeIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.RequestedTransport;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that led into other servers' hosts and networks, at every door of the core; named by the mistake's row. */
class DeniedPeersTest {
    private static final int FORBIDDEN = 403;
    private static final int OTHER_FAMILY = 443;

    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "127.0.0.2:80", "127.255.255.254:5766"})
    void row2LoopbackIsDenied(String peer) {
        assertDenied(peer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:80", "[::]:80", "[::1]:80", "0.1.2.3:80"})
    void row6AddressesThatMeanThisHostAreDenied(String peer) {
        assertDenied(peer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.1.1:80", "255.255.255.255:80", "224.0.0.1:80", "[fe80::1]:80", "[ff02::1]:80"})
    void row7LinkLocalBroadcastAndMulticastAreDenied(String peer) {
        assertDenied(peer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3:22", "172.16.0.1:22", "172.31.255.255:22", "192.168.1.1:80", "100.64.0.1:1"})
    void row9PrivateNetworksAreDenied(String peer) {
        assertDenied(peer);
    }

    @Test
    void row9ATcpRelayIsNotToBeHad() {
        TurnFixture fresh = new TurnFixture();

        assertThat(codeIn(fresh.request(ALICE, StunMethod.ALLOCATE, new RequestedTransport(6))))
                .isEqualTo(442);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254:80",
                "169.254.169.254:443",
                "[fd00:ec2::254]:80",
                "[fd20:ce::254]:443",
                "100.100.100.200:80",
                "168.63.129.16:80",
                "192.0.0.192:80"
            })
    void row10CloudMetadataIsDenied(String peer) {
        assertDenied(peer);
    }

    static Stream<String> encodings() {
        return Stream.of(
                        "7f00:1",
                        "7f00:2",
                        "0:0",
                        "a00:1",
                        "a9fe:a9fe",
                        "a83f:8110",
                        "ffff:ffff",
                        "cb00:7101",
                        "909:909")
                .flatMap(ip -> Stream.of(
                        "::ffff:" + ip,
                        ip.equals("0:0") ? "::" : "::" + ip,
                        "::ffff:0:" + ip,
                        "64:ff9b::" + ip,
                        "64:ff9b:1::" + ip,
                        "2002:" + ip + "::1",
                        "2001:0:" + ip + "::1",
                        "2001::" + inverted(ip),
                        "2a00:1:2:3:0:5efe:" + ip,
                        "2a00:1:2:3:200:5efe:" + ip));
    }

    private static String inverted(String ip) {
        String[] halves = ip.split(":", -1);
        return Integer.toHexString(~Integer.parseInt(halves[0], 16) & 0xFFFF) + ":"
                + Integer.toHexString(~Integer.parseInt(halves[1], 16) & 0xFFFF);
    }

    /** Also of a public address, which could be reached in a plain form. */
    @ParameterizedTest
    @MethodSource("encodings")
    void row12To14EveryFormThatCarriesAnIpv4AddressIsDenied(String ip) {
        assertDenied("[" + ip + "]:80");
    }

    /** 403, or 443 where the allocation has no relayed address of the family; and no packet either way. */
    private void assertDenied(String text) {
        TransportAddress peer = TransportAddress.parse(text);
        TurnFixture dual = TurnFixture.dualStack();
        dual.allocate(ALICE, new dev.parley.ice.stun.attribute.AdditionalAddressFamily(2));
        for (TurnFixture each : List.of(turn, dual)) {
            assertThat(codeIn(each.createPermission(ALICE, peer))).isIn(FORBIDDEN, OTHER_FAMILY);
            assertThat(codeIn(each.bindChannel(ALICE, 0x4000, peer))).isIn(FORBIDDEN, OTHER_FAMILY);
            assertThat(each.send(ALICE, peer)).isNull();
            assertThat(each.up(ALICE, 0x4000)).isNull();
        }
        assertThat(codeIn(dual.createPermission(ALICE, peer))).isEqualTo(FORBIDDEN);
    }

    @Test
    void row34EveryDoorAsksTheRules() {
        turn.createPermission(ALICE, PEER);
        assertThat(turn.scope.takeQuestions()).as("CreatePermission").isEqualTo(1);
        turn.send(ALICE, PEER);
        assertThat(turn.scope.takeQuestions()).as("Send").isEqualTo(1);
        turn.bindChannel(ALICE, 0x4000, PEER.withPort(77));
        assertThat(turn.scope.takeQuestions()).as("ChannelBind").isEqualTo(1);
        assertThat(turn.down(ALICE, PEER.withPort(78))).isNotNull();
        assertThat(turn.scope.takeQuestions()).as("a packet from a peer").isEqualTo(1);
    }

    @Test
    void row11RelayPortsTellNothingAboutTheNext() {
        PortRange range = new PortRange(50_000, 50_000 + 2 * 1024 - 1);
        PortPool pool = new PortPool(PortPartition.whole(range));
        SecureRandom random = new SecureRandom();
        int draws = 2000 * 8;
        int[] counts = new int[64];
        double previous = 0;
        double products = 0;
        for (int i = 0; i < draws; i++) {
            int port = pool.take(random);
            pool.release(port);
            double centred = port - (range.first() + range.last()) / 2.0;
            products += previous * centred;
            previous = centred;
            counts[(port - range.first()) * counts.length / range.size()]++;
        }
        double expected = (double) draws / counts.length;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        double correlation = products / draws / (range.size() * range.size() / 12.0);
        System.out.printf(
                "row 11: chi-square %.1f with 63 degrees of freedom, correlation %.4f%n", chiSquare, correlation);
        // One run in a billion or so would be over these.
        assertThat(chiSquare).isLessThan(150);
        assertThat(Math.abs(correlation)).isLessThan(0.05);
    }
}
