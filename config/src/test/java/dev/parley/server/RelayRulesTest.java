package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ServerConfig;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.PeerVerdict;
import dev.parley.turn.core.RelayScope;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayRulesTest {
    private static final TransportAddress SELF = TransportAddress.parse("9.9.9.9:50000");
    private static final Set<IpAddress> OWN = Set.of(IpAddress.parse("9.9.9.9"), IpAddress.parse("10.0.0.5"));

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "10.0.0.5", "127.0.0.1", "127.0.0.2", "0.0.0.0"})
    void row8EachOwnAddressWithEachOwnListenerIsDenied(String address) {
        RelayRules rules = rules("turn.peers.allow=10.0.0.0/8,127.0.0.0/8,0.0.0.0/8");
        for (int port : new int[] {3478, 8080, 8081}) {
            assertThat(decide(rules, address + ":" + port))
                    .as("%s:%s", address, port)
                    .isEqualTo(PeerVerdict.OWN_ADDRESS);
        }
    }

    @Test
    void row8EveryKeyThatIsAPortIsAnOwnListener() {
        ServerConfig config = AddressPlanTest.config("turn.port=4001", "http.port=4002", "admin.port=4003");

        assertThat(ListeningPorts.of(config)).contains(4001, 4002, 4003).doesNotContain(49152);
    }

    @Test
    void anAddressThatTheHostGetsWhileItRunsIsDenied() {
        RelayRules rules = rules();
        assertThat(decide(rules, "8.8.8.8:53")).isEqualTo(PeerVerdict.ADMITTED);
        assertThat(rules.hostIs(OWN, Set.of())).isFalse();

        assertThat(rules.hostIs(Set.of(IpAddress.parse("8.8.8.8")), Set.of())).isTrue();
        assertThat(decide(rules, "8.8.8.8:53")).isEqualTo(PeerVerdict.OWN_ADDRESS);
    }

    @Test
    void row16ABackEndIsDeniedOnAPublicAddressAndOnAnAllowedPrivateOne() {
        RelayRules rules = rules("turn.peers.allow=10.0.0.0/8");
        assertThat(decide(rules, "8.8.8.8:6379")).isEqualTo(PeerVerdict.ADMITTED);

        BackEnds backEnds = BackEnds.ofUris(List.of(URI.create("redis://store:6379"), URI.create("https://keys/jwks")));
        assertThat(rules.hostIs(OWN, backEnds.addresses(RelayRulesTest::resolve)))
                .isTrue();
        assertThat(decide(rules, "8.8.8.8:6379")).isEqualTo(PeerVerdict.DENIED_ADDRESS);
        assertThat(decide(rules, "8.8.8.8:1")).isEqualTo(PeerVerdict.DENIED_ADDRESS);
        assertThat(decide(rules, "10.0.0.8:443")).isEqualTo(PeerVerdict.DENIED_ADDRESS);
        assertThat(decide(rules, "10.0.0.9:443")).isEqualTo(PeerVerdict.ADMITTED);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "store" -> new InetAddress[] {IpAddress.parse("8.8.8.8").toInetAddress()};
            case "keys" -> new InetAddress[] {IpAddress.parse("10.0.0.8").toInetAddress()};
            default -> throw new UnknownHostException(host);
        };
    }

    @Test
    void aBackEndWithoutAnAddressDeniesNothing() {
        BackEnds backEnds = BackEnds.ofUris(List.of(URI.create("redis://nowhere"), URI.create("mailto:nobody")));

        assertThat(backEnds.hosts()).containsExactly("nowhere");
        assertThat(backEnds.addresses(RelayRulesTest::resolve)).isEqualTo(Set.<Cidr>of());
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8:53, DENIED_PORT", "8.8.8.8:1, DENIED_PORT", "8.8.8.8:1023, DENIED_PORT", "8.8.8.8:1900, DENIED_PORT",
        "8.8.8.8:80, ADMITTED", "8.8.8.8:443, ADMITTED", "8.8.8.8:1024, ADMITTED", "8.8.8.8:1901, ADMITTED"
    })
    void theProfileForLowPortsHoldsAtItsEdges(String peer, PeerVerdict verdict) {
        RelayRules rules = rules("turn.peers.deny-ports=1-79,81-442,444-1023,1900,5353,11211");

        assertThat(decide(rules, peer)).isEqualTo(verdict);
    }

    @Test
    void otherListsChangeTheRulesAndTheSameDoNot() {
        RelayRules rules = rules();
        ServerConfig tightened = AddressPlanTest.config("turn.peers.deny=8.8.8.0/24");

        assertThat(rules.peersAre(AddressPlanTest.config().turn().peers())).isFalse();
        assertThat(rules.peersAre(tightened.turn().peers())).isTrue();
        assertThat(decide(rules, "8.8.8.8:1000")).isEqualTo(PeerVerdict.DENIED_ADDRESS);
    }

    private static RelayRules rules(String... assignments) {
        return new RelayRules(AddressPlanTest.config(assignments), OWN, Set.of(), relayed -> false, RelayScope.PUBLIC);
    }

    private static PeerVerdict decide(RelayRules rules, String peer) {
        return rules.inForce().decide("ann", SELF, TransportAddress.parse(peer));
    }
}
