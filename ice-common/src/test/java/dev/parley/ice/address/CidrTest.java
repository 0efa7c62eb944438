package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.testing.SeededGenerator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 255.255.255.255",
        "10.0.0.0/8, 10.255.255.255",
        "10.1.2.3, 10.1.2.3",
        "10.1.2.2/31, 10.1.2.3",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff",
        "2001:db8::/63, 2001:db8:0:1:ffff:ffff:ffff:ffff",
        "::1, ::1"
    })
    void rangeEndsAtItsLastAddress(Cidr range, String last) {
        assertThat(range.last()).hasToString(last);
        assertThat(range.contains(range.last())).isTrue();
        assertThat(range.contains(range.network())).isTrue();
        assertThat(Cidr.parse(range.toString())).isEqualTo(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/8 ",
                "10/8",
                "10.0.0.0/255.0.0.0",
                "::/129",
                "::/1000",
                "localhost/8",
                "10.0.0.0-10.0.0.9",
                "fe80::%eth0/10"
            })
    void malformedRangeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithAProposal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("10.1.2.3/8"))
                .withMessage("10.1.2.3/8 has bits set behind its prefix; did you mean 10.0.0.0/8?");
    }

    @Test
    void familiesNeverMix() {
        CidrSet all4 = CidrSet.of(List.of(Cidr.parse("0.0.0.0/0")));
        CidrSet all6 = CidrSet.of(List.of(Cidr.parse("::/0")));

        assertThat(all4.contains(IpAddress.parse("::"))).isFalse();
        assertThat(all6.contains(IpAddress.parse("0.0.0.0"))).isFalse();
        assertThat(CidrSet.empty().contains(IpAddress.parse("::"))).isFalse();
        assertThat(Cidr.parse("::/0").contains(IpAddress.parse("0.0.0.0"))).isFalse();
    }

    /** Row 15: a range is a number from and a number to. 10^6 pairs of range and address. */
    @Test
    void millionPairsAgreeWithSlowArithmetic() {
        SeededGenerator.forAll(1000, generator -> {
            Cidr range = range(generator);
            BigInteger first = number(range.network());
            BigInteger last = first.add(BigInteger.TWO
                    .pow(range.network().family().addressBits() - range.prefixLength())
                    .subtract(BigInteger.ONE));
            for (int i = 0; i < 1000; i++) {
                IpAddress address = addressNear(generator, range);
                BigInteger number = number(address);
                boolean expected = address.family() == range.network().family()
                        && number.compareTo(first) >= 0
                        && number.compareTo(last) <= 0;
                assertThat(range.contains(address)).isEqualTo(expected);
            }
            assertThat(number(range.last())).isEqualTo(last);
        });
    }

    @Test
    void setFindsTheLongestPrefixAsALinearSearchDoes() {
        SeededGenerator.forAll(300, generator -> {
            List<Cidr> ranges = new ArrayList<>();
            for (int i = generator.below(40); i > 0; i--) {
                ranges.add(generator.chance(50) || ranges.isEmpty() ? range(generator) : nested(generator, ranges));
            }
            CidrSet set = CidrSet.of(ranges);
            for (int i = 0; i < 300; i++) {
                IpAddress address =
                        ranges.isEmpty() ? address(generator) : addressNear(generator, generator.oneOf(ranges));
                assertThat(set.findLongest(address)).isEqualTo(longest(ranges, address));
                assertThat(set.contains(address)).isEqualTo(longest(ranges, address) != null);
            }
        });
    }

    private static @Nullable Cidr longest(List<Cidr> ranges, IpAddress address) {
        return ranges.stream()
                .filter(range -> range.contains(address))
                .max(Comparator.comparingInt(Cidr::prefixLength))
                .orElse(null);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes());
    }

    private static IpAddress address(SeededGenerator generator) {
        return IpAddress.ofBytes(generator.bytes(generator.chance(50) ? 4 : 16));
    }

    private static Cidr range(SeededGenerator generator) {
        return rangeAround(address(generator), generator.below(generator.chance(50) ? 33 : 129));
    }

    private static Cidr nested(SeededGenerator generator, List<Cidr> ranges) {
        Cidr outer = generator.oneOf(ranges);
        return rangeAround(addressNear(generator, outer), outer.prefixLength() + generator.below(20));
    }

    private static Cidr rangeAround(IpAddress address, int wantedLength) {
        int bits = address.family().addressBits();
        int length = Math.min(wantedLength, bits);
        BigInteger first = number(address).shiftRight(bits - length).shiftLeft(bits - length);
        return new Cidr(ofNumber(first, address.family()), length);
    }

    /** An address inside, at an edge, one step off an edge, or anywhere. */
    private static IpAddress addressNear(SeededGenerator generator, Cidr range) {
        AddressFamily family = range.network().family();
        BigInteger first = number(range.network());
        BigInteger last = number(range.last());
        return switch (generator.below(6)) {
            case 0 -> ofNumber(first.add(BigInteger.valueOf(generator.between(-1, 1))), family);
            case 1 -> ofNumber(last.add(BigInteger.valueOf(generator.between(-1, 1))), family);
            case 2 -> address(generator);
            default -> {
                BigInteger offset = new BigInteger(1, generator.bytes(family.addressBytes()));
                yield ofNumber(first.add(offset.mod(last.subtract(first).add(BigInteger.ONE))), family);
            }
        };
    }

    private static IpAddress ofNumber(BigInteger number, AddressFamily family) {
        BigInteger wrapped = number.mod(BigInteger.TWO.pow(family.addressBits()));
        return family == AddressFamily.IPV4
                ? IpAddress.ofIpv4(wrapped.intValue())
                : IpAddress.ofIpv6(wrapped.shiftRight(64).longValue(), wrapped.longValue());
    }
}
