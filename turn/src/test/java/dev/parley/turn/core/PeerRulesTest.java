package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.TransportAddress;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerRulesTest {
    private static final TransportAddress SELF = TransportAddress.parse("127.0.0.1:50000");
    private static final TransportAddress LIVE = TransportAddress.parse("127.0.0.1:50002");
    private static final TransportAddress LISTENER = TransportAddress.parse("127.0.0.1:3478");

    private final FakeScope scope = new FakeScope();

    @ParameterizedTest
    @CsvSource({
        "9.9.9.9:1, ADMITTED",
        "9.9.9.9:0, PORT_ZERO",
        "127.0.0.1:50000, SELF",
        "127.0.0.1:50002, HAIRPIN",
        "127.0.0.1:50003, OWN_ADDRESS",
        "127.0.0.1:3478, OWN_ADDRESS",
        "127.0.0.2:3478, DENIED_ADDRESS",
        "10.0.0.1:1, DENIED_ADDRESS",
        "169.254.169.254:80, DENIED_ADDRESS",
        "255.255.255.255:9, DENIED_ADDRESS",
        "[::ffff:127.0.0.1]:50002, DENIED_ADDRESS",
        "[::ffff:9.9.9.9]:1, DENIED_ADDRESS",
        "[2606:4700::1111]:1, ADMITTED"
    })
    void decidesByDefault(String peer, PeerVerdict verdict) {
        assertThat(decide(peer)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:50002, HAIRPIN",
        "127.0.0.1:50003, ADMITTED",
        "127.0.0.1:50000, SELF",
        "127.0.0.1:3478, OWN_ADDRESS",
        "127.0.0.1:0, PORT_ZERO",
        "127.0.0.2:3478, ADMITTED",
        "10.0.0.1:1, DENIED_ADDRESS"
    })
    void anAllowedOwnAddressStillHidesItsListeners(String peer, PeerVerdict verdict) {
        assertThat(rules(List.of(Cidr.parse("127.0.0.0/8"))).decide("alice", SELF, TransportAddress.parse(peer)))
                .isEqualTo(verdict);
    }

    @Test
    void theScopeHasTheLastWord() {
        scope.shutOut(LIVE);
        scope.shutOut(TransportAddress.parse("9.9.9.9:1"));
        scope.shutOut(TransportAddress.parse("10.0.0.1:1"));
        assertThat(decide("127.0.0.1:50002")).isEqualTo(PeerVerdict.OUT_OF_SCOPE);
        assertThat(decide("9.9.9.9:1")).isEqualTo(PeerVerdict.OUT_OF_SCOPE);
        assertThat(decide("10.0.0.1:1")).isEqualTo(PeerVerdict.DENIED_ADDRESS);
    }

    @Test
    void aDeniedPortIsDeniedEverywhereButOnALiveRelay() {
        BitSet ports = new BitSet();
        ports.set(53);
        ports.set(LIVE.port());
        PeerRules rules = new PeerRules(
                PeerAddressPolicy.byDefault(), new PortSet(ports), new NoOwnAddresses(), Set.of(LIVE)::contains, scope);

        assertThat(rules.decide("alice", SELF, TransportAddress.parse("9.9.9.9:53")))
                .isEqualTo(PeerVerdict.DENIED_PORT);
        assertThat(rules.decide("alice", SELF, TransportAddress.parse("9.9.9.9:54")))
                .isEqualTo(PeerVerdict.ADMITTED);
        assertThat(rules.decide("alice", SELF, LIVE)).isEqualTo(PeerVerdict.HAIRPIN);
    }

    private static final class NoOwnAddresses implements OwnAddresses {
        @Override
        public boolean isOwnHost(IpAddress address) {
            return false;
        }

        @Override
        public boolean isOwnListener(TransportAddress address) {
            return false;
        }
    }

    @Test
    void onlyAdmittedVerdictsHaveNoRefusal() {
        for (PeerVerdict verdict : PeerVerdict.values()) {
            assertThat(verdict.admits()).isEqualTo(verdict.refusal() == null);
        }
    }

    @Test
    void thePublicScopeAdmitsEverybodyAndNeverChanges() {
        assertThat(RelayScope.PUBLIC.admits("alice", LIVE)).isTrue();
        assertThat(RelayScope.PUBLIC.version()).isZero();
    }

    private PeerVerdict decide(String peer) {
        return rules(List.of()).decide("alice", SELF, TransportAddress.parse(peer));
    }

    private PeerRules rules(List<Cidr> allowed) {
        OwnAddresses own = new OwnAddresses() {
            @Override
            public boolean isOwnHost(IpAddress address) {
                return address.equals(SELF.ip());
            }

            @Override
            public boolean isOwnListener(TransportAddress address) {
                return address.equals(LISTENER);
            }
        };
        return new PeerRules(
                new PeerAddressPolicy(allowed, List.of(), List.of()), own, Set.of(SELF, LIVE)::contains, scope);
    }
}
