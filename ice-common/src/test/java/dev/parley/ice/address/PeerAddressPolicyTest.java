package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.PeerDecision.Allowed;
import dev.parley.ice.address.PeerDecision.Denied;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 2, 6, 9, 10, 12 to 14 of past vulnerabilities end here; see also {@link EmbeddedIpv4Test}. */
class PeerAddressPolicyTest {
    private static final PeerAddressPolicy DEFAULT = PeerAddressPolicy.byDefault();
    private static final PeerDecision GLOBAL = new Allowed(PeerAddressClass.GLOBAL);
    private static final PeerDecision BY_OPERATOR = new Allowed(PeerAddressClass.OPERATOR_ALLOWED);

    private static PeerDecision decide(PeerAddressPolicy policy, String address) {
        return policy.decide(IpAddress.parse(address));
    }

    private static PeerAddressPolicy allowing(String... ranges) {
        return new PeerAddressPolicy(Stream.of(ranges).map(Cidr::parse).toList(), List.of(), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.9.9.9", "8.8.8.8", "172.15.0.1", "2606:4700::1111", "2a00:1450::5efe"})
    void publicAddressIsAllowed(String address) {
        assertThat(decide(DEFAULT, address)).isEqualTo(GLOBAL);
    }

    static Stream<SpecialPurposeRange> specialPurposeRanges() {
        return Stream.concat(SpecialPurposeRanges.ipv4().stream(), SpecialPurposeRanges.ipv6().stream());
    }

    @ParameterizedTest
    @MethodSource("specialPurposeRanges")
    void specialPurposeRangeIsDeniedFromEdgeToEdge(SpecialPurposeRange special) {
        IpAddress first = special.range().network();
        IpAddress last = special.range().last();

        assertThat(DEFAULT.decide(first).allowed()).isFalse();
        assertThat(DEFAULT.decide(last).allowed()).isFalse();
        assertThat(DEFAULT.decide(middle(first, last)).allowed()).isFalse();
    }

    private static IpAddress middle(IpAddress first, IpAddress last) {
        return new IpAddress(
                first.family(),
                first.high() + ((last.high() - first.high()) >>> 1),
                first.low() + ((last.low() - first.low()) >>> 1));
    }

    /** The addresses right before and right behind the ranges of the list, spelled out. */
    @ParameterizedTest
    @CsvSource({
        "1.0.0.0, true",
        "0.255.255.255, false",
        "9.255.255.255, true",
        "11.0.0.0, true",
        "100.63.255.255, true",
        "100.128.0.0, true",
        "126.255.255.255, true",
        "128.0.0.0, true",
        "168.63.129.15, true",
        "168.63.129.16, false",
        "168.63.129.17, true",
        "169.253.255.255, true",
        "169.255.0.0, true",
        "172.15.255.255, true",
        "172.32.0.0, true",
        "191.255.255.255, true",
        "192.0.1.0, true",
        "192.0.1.255, true",
        "192.0.3.0, true",
        "192.31.195.255, true",
        "192.31.197.0, true",
        "192.52.192.255, true",
        "192.52.194.0, true",
        "192.88.98.255, true",
        "192.88.100.0, true",
        "192.167.255.255, true",
        "192.169.0.0, true",
        "192.175.47.255, true",
        "192.175.49.0, true",
        "198.17.255.255, true",
        "198.20.0.0, true",
        "198.51.99.255, true",
        "198.51.101.0, true",
        "203.0.112.255, true",
        "203.0.114.0, true",
        "223.255.255.255, true",
        "224.0.0.0, false",
        "239.255.255.255, false",
        "240.0.0.0, false"
    })
    void edgesOfTheIpv4RangesAreExact(String address, boolean allowed) {
        assertThat(decide(DEFAULT, address).allowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "2000::, true",
        "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "2001:200::, true",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db9::, true",
        "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2003::, true",
        "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff, true",
        "2620:4f:8001::, true",
        "3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "3fff::, false",
        "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "3fff:1000::, true",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "4000::, false",
        "64:ff9b:2::, false",
        "101::, false",
        "5f01::, false",
        "fbff::, false",
        "fe00::, false",
        "fd00:ec2::254, false"
    })
    void edgesOfTheIpv6RangesAreExact(String address, boolean allowed) {
        assertThat(decide(DEFAULT, address).allowed()).isEqualTo(allowed);
    }

    @Test
    void refusalNamesItsRangeAndItsSource() {
        assertThat(decide(DEFAULT, "10.1.2.3"))
                .isEqualTo(new Denied(
                        PeerAddressClass.SPECIAL_PURPOSE, Cidr.parse("10.0.0.0/8"), "private use", "RFC 1918"));
        assertThat(decide(DEFAULT, "255.255.255.255"))
                .isEqualTo(new Denied(
                        PeerAddressClass.SPECIAL_PURPOSE,
                        Cidr.parse("255.255.255.255/32"),
                        "limited broadcast",
                        "RFC 919"));
        assertThat(decide(DEFAULT, "8000::1").reason()).isEqualTo(PeerAddressClass.OUTSIDE_GLOBAL_UNICAST);
        assertThat(decide(DEFAULT, "::ffff:1.1.1.1").reason()).isEqualTo(PeerAddressClass.IPV4_MAPPED);
    }

    @Test
    void operatorMayNameSpecialPurposeRanges() {
        PeerAddressPolicy policy = allowing("127.0.0.0/8", "10.1.0.0/16", "::1", "fd00::/8");

        assertThat(decide(policy, "127.0.0.1")).isEqualTo(BY_OPERATOR);
        assertThat(decide(policy, "10.1.255.255")).isEqualTo(BY_OPERATOR);
        assertThat(decide(policy, "10.2.0.0").allowed()).isFalse();
        assertThat(decide(policy, "::1")).isEqualTo(BY_OPERATOR);
        assertThat(decide(policy, "fd12::1")).isEqualTo(BY_OPERATOR);
        assertThat(decide(policy, "fc00::1").allowed()).isFalse();
        assertThat(decide(policy, "1.1.1.1")).isEqualTo(GLOBAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 127.0.0.1", "0.0.0.0/0, 10.0.0.1", "168.0.0.0/8, 168.63.129.16", "169.254.0.0/16, 169.254.169.254",
        "100.64.0.0/10, 100.100.100.200", "240.0.0.0/4, 255.255.255.255", "fc00::/7, fd00:ec2::254", "::/0, fe80::1"
    })
    void wideEntryDoesNotNameTheNarrowRangeInside(String allowed, String address) {
        assertThat(decide(allowing(allowed), address).allowed()).isFalse();
        assertThat(decide(allowing(allowed, address), address)).isEqualTo(BY_OPERATOR);
    }

    @Test
    void operatorsDenyListBeatsTheAllowList() {
        PeerAddressPolicy policy = new PeerAddressPolicy(
                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("10.1.1.1")),
                List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("1.1.1.0/24"), Cidr.parse("2606:4700::/32")),
                List.of());

        assertThat(decide(policy, "10.1.1.1").reason()).isEqualTo(PeerAddressClass.OPERATOR_DENIED);
        assertThat(decide(policy, "10.2.1.1")).isEqualTo(BY_OPERATOR);
        assertThat(decide(policy, "1.1.1.1").reason()).isEqualTo(PeerAddressClass.OPERATOR_DENIED);
        assertThat(decide(policy, "2606:4700::1111").reason()).isEqualTo(PeerAddressClass.OPERATOR_DENIED);
        assertThat(decide(policy, "1.1.2.1")).isEqualTo(GLOBAL);
    }
}
