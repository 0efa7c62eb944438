package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ServerConfig;
import dev.parley.config.TurnConfig;
import dev.parley.config.reader.ConfigReader;
import dev.parley.config.reader.ConfigResult;
import dev.parley.ice.address.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPlanTest {
    private static final HostAddresses NAT = host("10.0.0.5", null, "127.0.0.1", "10.0.0.5", "172.17.0.1", "fe80::1");
    private static final HostAddresses DUAL =
            host("9.9.9.9", "2620:fe::9", "127.0.0.1", "::1", "9.9.9.9", "2620:fe::9");

    @Test
    void withoutSettingsEveryBindableAddressIsServedAndTheDefaultRouteRelays() throws StartException {
        AddressPlan plan = AddressPlan.of(turn(), NAT);

        assertThat(plan.listen()).containsExactly(ip("127.0.0.1"), ip("10.0.0.5"), ip("172.17.0.1"));
        assertThat(plan.relays()).containsExactly(new AddressPlan.Relay(ip("10.0.0.5"), ip("10.0.0.5")));
        assertThat(plan.hosts()).containsExactly("10.0.0.5");
        assertThat(plan.own())
                .contains(ip("127.0.0.1"), ip("10.0.0.5"), ip("172.17.0.1"), ip("fe80::1"), ip("10.0.0.255"));
    }

    @Test
    void aGlobalIpv6AddressRelaysToo() throws StartException {
        AddressPlan plan = AddressPlan.of(turn(), DUAL);

        assertThat(plan.relays())
                .containsExactly(
                        new AddressPlan.Relay(ip("9.9.9.9"), ip("9.9.9.9")),
                        new AddressPlan.Relay(ip("2620:fe::9"), ip("2620:fe::9")));
        assertThat(plan.hosts()).containsExactly("9.9.9.9", "2620:fe::9");
    }

    @Test
    void anExternalAddressIsAdvertisedAndOwn() throws StartException {
        AddressPlan plan = AddressPlan.of(turn("turn.external-address=9.9.9.9"), NAT);

        assertThat(plan.relays()).containsExactly(new AddressPlan.Relay(ip("10.0.0.5"), ip("9.9.9.9")));
        assertThat(plan.hosts()).containsExactly("9.9.9.9");
        assertThat(plan.own()).contains(ip("9.9.9.9"));
    }

    @Test
    void eachLocalAddressCanHaveItsOwnExternalOne() throws StartException {
        HostAddresses two = host("10.0.0.5", "fd00::5", "127.0.0.1", "10.0.0.5", "10.0.0.6", "fd00::5");
        String[] external = {"turn.external-address=9.9.9.9/10.0.0.5,8.8.8.8/10.0.0.6,2620:fe::9/fd00::5"};

        AddressPlan plan = AddressPlan.of(turn(external), two);
        assertThat(plan.relays())
                .containsExactly(
                        new AddressPlan.Relay(ip("10.0.0.5"), ip("9.9.9.9")),
                        new AddressPlan.Relay(ip("fd00::5"), ip("2620:fe::9")));
        assertThat(plan.hosts()).containsExactly("9.9.9.9", "2620:fe::9");
        assertThat(plan.own()).contains(ip("9.9.9.9"), ip("8.8.8.8"), ip("2620:fe::9"));

        AddressPlan other = AddressPlan.of(turn(external[0], "turn.relay-address=10.0.0.6"), two);
        assertThat(other.relays()).containsExactly(new AddressPlan.Relay(ip("10.0.0.6"), ip("8.8.8.8")));
    }

    @Test
    void theRelayUsesTheAddressThatTheWorldKnows() throws StartException {
        HostAddresses two = host("10.0.0.5", null, "127.0.0.1", "10.0.0.5", "10.0.0.6");

        assertThat(AddressPlan.of(turn("turn.external-address=8.8.8.8/10.0.0.6"), two)
                        .relays())
                .containsExactly(new AddressPlan.Relay(ip("10.0.0.6"), ip("8.8.8.8")));
        assertThatThrownBy(() -> AddressPlan.of(turn("turn.external-address=8.8.8.8/10.9.9.9"), two))
                .hasMessageStartingWith("turn.external-address: 10.9.9.9 is not an address of this host");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5 | | this host has no public address: only its own network can use the relay at 10.0.0.5. On"
                        + " a public host behind a NAT, set turn.external-address to the public address (and forward"
                        + " UDP 3478 and 49152-65535)",
                "10.0.0.5 | 2620:fe::9 | relayed addresses at 10.0.0.5 are of use only in this host's own network; if "
                        + "it is behind a NAT, set turn.external-address to the public address (and forward UDP 3478 "
                        + "and 49152-65535)",
                "127.0.0.1 | | the relay is at 127.0.0.1: only this host itself can use it. Set turn.relay-address to "
                        + "an address that others reach",
                "9.9.9.9 | 2620:fe::9 |"
            })
    void whoIsShutOutOfTheRelayIsSaidWithTheKeyToSet(String ipv4, @Nullable String ipv6, @Nullable String warning)
            throws StartException {
        HostAddresses host = ipv6 == null ? host(ipv4, null, ipv4) : host(ipv4, ipv6, ipv4, ipv6);

        assertThat(StartReport.reachWarning(turn(), AddressPlan.of(turn(), host)))
                .isEqualTo(warning);
    }

    @Test
    void behindANatWithAnExternalAddressNobodyIsWarned() throws StartException {
        TurnConfig turn = turn("turn.external-address=9.9.9.9");

        assertThat(StartReport.reachWarning(turn, AddressPlan.of(turn, NAT))).isNull();
    }

    @Test
    void aPublicHostIsTheOnlyOneTold() throws StartException {
        AddressPlan plan =
                AddressPlan.of(turn("turn.public-host=turn.example.org", "turn.external-address=9.9.9.9"), NAT);

        assertThat(plan.hosts()).containsExactly("turn.example.org");
    }

    @Test
    void clientsAreSentWhereTheyAreServed() throws StartException {
        AddressPlan plan = AddressPlan.of(turn("turn.listen=127.0.0.1"), NAT);

        assertThat(plan.listen()).containsExactly(ip("127.0.0.1"));
        assertThat(plan.relays()).containsExactly(new AddressPlan.Relay(ip("10.0.0.5"), ip("10.0.0.5")));
        assertThat(plan.hosts()).containsExactly("127.0.0.1");
    }

    @Test
    void aWildcardMeansEveryAddressOfItsFamily() throws StartException {
        assertThat(AddressPlan.of(turn("turn.listen=0.0.0.0"), DUAL).listen())
                .containsExactly(ip("127.0.0.1"), ip("9.9.9.9"));
        assertThat(AddressPlan.of(turn("turn.listen=::"), DUAL).listen()).containsExactly(ip("::1"), ip("2620:fe::9"));
    }

    @Test
    void withoutARouteTheFirstAddressThatIsNotLoopbackRelaysAndElseLoopback() throws StartException {
        assertThat(AddressPlan.of(turn(), host(null, null, "127.0.0.1", "10.7.7.7"))
                        .relays())
                .containsExactly(new AddressPlan.Relay(ip("10.7.7.7"), ip("10.7.7.7")));
        assertThat(AddressPlan.of(turn(), host(null, null, "127.0.0.1")).relays())
                .containsExactly(new AddressPlan.Relay(ip("127.0.0.1"), ip("127.0.0.1")));
    }

    @Test
    void anAddressOfAnotherHostIsRefusedWithTheKey() {
        assertThatThrownBy(() -> AddressPlan.of(turn("turn.listen=10.9.9.9"), NAT))
                .isInstanceOf(StartException.class)
                .hasMessage("turn.listen: 10.9.9.9 is not an address of this host "
                        + "(it has 127.0.0.1, 10.0.0.5, 172.17.0.1)");
        assertThatThrownBy(() -> AddressPlan.of(turn("turn.relay-address=10.9.9.9"), NAT))
                .hasMessageStartingWith("turn.relay-address: 10.9.9.9 is not an address of this host");
        assertThatThrownBy(() -> AddressPlan.of(turn("turn.external-address=2620:fe::9"), NAT))
                .hasMessageStartingWith("turn.external-address: no relay address of the family of 2620:fe::9");
    }

    @Test
    void severalRelayAddressesOfAFamilyAreUsedAndOneIsTold() throws StartException {
        HostAddresses two = host("10.0.0.5", null, "10.0.0.5", "10.0.0.6");
        AddressPlan plan = AddressPlan.of(
                turn(
                        "turn.relay-address=10.0.0.5,10.0.0.6",
                        "turn.external-address=9.9.9.9/10.0.0.5,9.9.9.10/10.0.0.6"),
                two);

        assertThat(plan.relays())
                .containsExactly(
                        new AddressPlan.Relay(ip("10.0.0.5"), ip("9.9.9.9")),
                        new AddressPlan.Relay(ip("10.0.0.6"), ip("9.9.9.10")));
        assertThat(plan.hosts()).containsExactly("9.9.9.9");
    }

    @Test
    void iceUrisPutIpv6InBracketsAndOneStunServerFirst() {
        IceUris uris = IceUris.of(List.of("9.9.9.9", "2620:fe::9"), 3478, 5349, IceUris.NO_PORT);

        assertThat(uris.all())
                .containsExactly(
                        "stun:9.9.9.9:3478",
                        "turn:9.9.9.9:3478?transport=udp",
                        "turn:[2620:fe::9]:3478?transport=udp",
                        "turn:9.9.9.9:3478?transport=tcp",
                        "turn:[2620:fe::9]:3478?transport=tcp",
                        "turns:9.9.9.9:5349?transport=tcp",
                        "turns:[2620:fe::9]:5349?transport=tcp");
    }

    @Test
    void iceUrisOfferDtlsWhereItIsServed() {
        assertThat(IceUris.of(config("turn.dtls=true"), List.of("turn.example.org"))
                        .turn())
                .containsExactly(
                        "turn:turn.example.org:3478?transport=udp",
                        "turn:turn.example.org:3478?transport=tcp",
                        "turns:turn.example.org:5349?transport=udp");
    }

    static TurnConfig turn(String... assignments) {
        return config(assignments).turn();
    }

    static ServerConfig config(String... assignments) {
        return ((ConfigResult.Loaded) ConfigReader.read(null, Map.of(), List.of(assignments))).config();
    }

    private static HostAddresses host(@Nullable String ipv4, @Nullable String ipv6, String... all) {
        List<HostAddresses.Local> locals = Stream.of(all)
                .map(AddressPlanTest::ip)
                .map(address -> new HostAddresses.Local(address, "eth0", AddressReach.of(address)))
                .toList();
        return new HostAddresses(
                locals, Set.of(ip("10.0.0.255")), ipv4 == null ? null : ip(ipv4), ipv6 == null ? null : ip(ipv6));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }
}
