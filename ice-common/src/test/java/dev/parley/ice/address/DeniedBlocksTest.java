package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.SeededGenerator;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every block that no client may reach, first and last address and one step outside, and what must stay reachable. */
class DeniedBlocksTest {
    private static final int PAIRS = 1_000_000;

    private static final String BLOCKS = """
        0.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16
        192.0.0.0/24 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 192.31.196.0/24 192.175.48.0/24
        192.52.193.0/24 192.88.99.0/24 198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
        100.100.100.200/32 169.254.169.254/32 169.254.170.2/32 169.254.170.23/32 192.0.0.192/32
        ::/128 ::1/128 ::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64
        100:0:0:1::/64 200::/7 5f00::/16 2001::/23 2001::/32 2001:2::/48 2001:db8::/32 3fff::/20
        3ffe::/16 2002::/16 2620:4f:8000::/48 fc00::/7 fd00:ec2::254/128 fd00:ec2::253/128
        fd00:ec2::23/128 fd20:ce::254/128 fe80::/10 fec0::/10 ff00::/8
        """;

    private final PeerAddressPolicy policy = PeerAddressPolicy.byDefault();

    static List<String> blocks() {
        return List.of(BLOCKS.strip().split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aDeniedBlockIsDeniedFromItsFirstAddressToItsLast(String block) {
        Cidr range = Cidr.parse(block);

        assertThat(policy.decide(range.network()).allowed()).isFalse();
        assertThat(policy.decide(range.last()).allowed()).isFalse();
        assertThat(policy.decide(middle(range)).allowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.31.195.255",
        "192.31.197.0",
        "192.52.192.255",
        "192.52.194.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "192.175.47.255",
        "192.175.49.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "168.63.129.15",
        "168.63.129.17",
        "2000::",
        "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:200::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db9::",
        "2003::",
        "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
        "2620:4f:8001::",
        "3ffd:ffff::",
        "3ffe:ffff::",
        "3fff:1000::"
    })
    void oneStepOutsideIsDecidedByItself(String address) {
        boolean isIn6bone = address.startsWith("3ffe");
        assertThat(policy.decide(IpAddress.parse(address)).allowed()).isEqualTo(!isIn6bone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.9.9.9", "8.8.8.8", "2606:4700::1111", "2a00:1450::1"})
    void ordinaryAddressesAreReachable(String address) {
        assertThat(policy.decide(IpAddress.parse(address)))
                .isEqualTo(new PeerDecision.Allowed(PeerAddressClass.GLOBAL));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 40, 48, 56, 64, 96})
    void anOperatorsNat64PrefixIsDeniedInEveryLayout(int prefixLength) {
        Cidr prefix = new Cidr(IpAddress.parse("2a00:64::"), prefixLength);
        PeerAddressPolicy withNat64 = new PeerAddressPolicy(List.of(prefix), List.of(), List.of(prefix));

        assertThat(withNat64.decide(prefix.network()).allowed()).isFalse();
        assertThat(withNat64.decide(prefix.last()).reason()).isEqualTo(PeerAddressClass.NAT64_OPERATOR);
        assertThat(policy.decide(prefix.last()).allowed()).isTrue();
    }

    /** An IPv6 range compared byte by byte, and not as a number, let addresses through elsewhere (CVE-2026-73213). */
    @Test
    void row15RangesAreComparedAsNumbers() {
        SeededGenerator.forAll(PAIRS / 1000, generator -> {
            for (int i = 0; i < 1000; i++) {
                Cidr range = range(generator);
                IpAddress address = near(generator, range);
                boolean expected = isInside(range, address);
                // Not assertThat: a million descriptions would take longer than the test.
                if (range.contains(address) != expected
                        || CidrSet.of(List.of(range)).contains(address) != expected) {
                    throw new AssertionError(address + " in " + range + " must be " + expected);
                }
            }
        });
    }

    private static Cidr range(SeededGenerator generator) {
        AddressFamily family = generator.chance(30) ? AddressFamily.IPV4 : AddressFamily.IPV6;
        int bits = family.addressBits();
        int length = generator.between(0, bits);
        BigInteger first = new BigInteger(1, generator.bytes(family.addressBytes()))
                .shiftRight(bits - length)
                .shiftLeft(bits - length);
        return new Cidr(address(first, family), length);
    }

    private static IpAddress near(SeededGenerator generator, Cidr range) {
        AddressFamily family = range.network().family();
        IpAddress edge = generator.chance(50) ? range.network() : range.last();
        return generator.chance(20)
                ? IpAddress.ofBytes(generator.bytes(family.addressBytes()))
                : address(number(edge).add(BigInteger.valueOf(generator.between(-2, 2))), family);
    }

    private static boolean isInside(Cidr range, IpAddress address) {
        int freeBits = range.network().family().addressBits() - range.prefixLength();
        BigInteger offset = number(address).subtract(number(range.network()));
        return offset.signum() >= 0 && offset.bitLength() <= freeBits;
    }

    private static IpAddress middle(Cidr range) {
        BigInteger sum = number(range.network()).add(number(range.last()));
        return address(sum.shiftRight(1), range.network().family());
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes());
    }

    private static IpAddress address(BigInteger number, AddressFamily family) {
        BigInteger wrapped = number.mod(BigInteger.TWO.pow(family.addressBits()));
        return family == AddressFamily.IPV4
                ? IpAddress.ofIpv4(wrapped.intValue())
                : IpAddress.ofIpv6(wrapped.shiftRight(64).longValue(), wrapped.longValue());
    }

    @Test
    void everyIsatapAddressIsDeniedUnderAnyPrefix() {
        Stream.of("2a00:1:2:3:0:5efe:101:101", "2a00:1:2:3:200:5efe:808:808")
                .forEach(text -> assertThat(policy.decide(IpAddress.parse(text)).reason())
                        .isEqualTo(PeerAddressClass.ISATAP));
    }
}
