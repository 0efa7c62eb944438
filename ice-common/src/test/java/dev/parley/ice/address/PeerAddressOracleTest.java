package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.testing.SeededGenerator;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policy agrees with a second one that knows nothing but big numbers, and deciding costs no memory. */
class PeerAddressOracleTest {
    private static final List<SpecialPurposeRange> RANGES = Stream.concat(
                    SpecialPurposeRanges.ipv4().stream(), SpecialPurposeRanges.ipv6().stream())
            .toList();

    /** Allowed unless inside a range from first to last number; IPv6 also starts with 001 and is no ISATAP address. */
    private static boolean isAllowedSlowly(IpAddress address) {
        BigInteger number = new BigInteger(1, address.bytes());
        for (SpecialPurposeRange special : RANGES) {
            Cidr range = special.range();
            BigInteger first = new BigInteger(1, range.network().bytes());
            int freeBits = range.network().family().addressBits() - range.prefixLength();
            boolean inside = number.subtract(first).signum() >= 0
                    && number.subtract(first).compareTo(BigInteger.TWO.pow(freeBits)) < 0;
            if (inside && range.network().family() == address.family()) {
                return false;
            }
        }
        if (address.family() == AddressFamily.IPV4) {
            return true;
        }
        int interfaceId = number.shiftRight(32).intValue();
        boolean isatap = interfaceId == 0x5EFE || interfaceId == 0x0200_5EFE;
        return number.shiftRight(125).intValueExact() == 1 && !isatap;
    }

    @Test
    void policyAgreesWithAnArithmeticOne() {
        PeerAddressPolicy policy = PeerAddressPolicy.byDefault();
        SeededGenerator.forAll(1000, generator -> {
            for (int i = 0; i < 200; i++) {
                IpAddress address = address(generator);
                assertThat(policy.decide(address).allowed()).as("%s", address).isEqualTo(isAllowedSlowly(address));
            }
        });
    }

    /** Anywhere, near the edge of a special range, or with few bits set in places that matter. */
    private static IpAddress address(SeededGenerator generator) {
        return switch (generator.below(5)) {
            case 0 -> IpAddress.ofIpv4(generator.nextInt());
            case 1 -> IpAddress.ofIpv6(0x2000_0000_0000_0000L | (generator.nextLong() >>> 3), generator.nextLong());
            case 2 ->
                IpAddress.ofIpv6(
                        generator.nextLong(),
                        (generator.oneOf(0x5EFEL, 0x0200_5EFEL, 0x5EFFL, 0L) << 32)
                                | generator.below(Integer.MAX_VALUE));
            default -> nearAnEdge(generator);
        };
    }

    private static IpAddress nearAnEdge(SeededGenerator generator) {
        Cidr range = generator.oneOf(RANGES).range();
        IpAddress edge = generator.chance(50) ? range.network() : range.last();
        int family = edge.family().addressBits();
        BigInteger moved = new BigInteger(1, edge.bytes())
                .add(BigInteger.valueOf(generator.between(-2, 2)))
                .mod(BigInteger.TWO.pow(family));
        return edge.family() == AddressFamily.IPV4
                ? IpAddress.ofIpv4(moved.intValue())
                : IpAddress.ofIpv6(moved.shiftRight(64).longValue(), moved.longValue());
    }

    @Test
    void decidingAllocatesNothing() {
        PeerAddressPolicy policy =
                new PeerAddressPolicy(List.of(Cidr.parse("10.0.0.0/8")), List.of(Cidr.parse("1.2.3.0/24")), List.of());
        List<IpAddress> addresses = new ArrayList<>();
        SeededGenerator generator = new SeededGenerator(1);
        for (int i = 0; i < 1000; i++) {
            addresses.add(address(generator));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 200;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < addresses.size(); i++) {
                policy.decide(addresses.get(i));
            }
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        // Loading classes and measuring take some; an object per decision would take 16 bytes 200,000 times.
        assertThat(bytes).isLessThan(200_000);
    }
}
