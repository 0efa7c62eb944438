package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:0",
                "255.255.255.255:65535",
                "[::]:1",
                "[::1]:5",
                "[2001:db8::1:0:0:1]:9",
                "[1:2:3:4:5:6:7:8]:3478",
                "[1:0:3:4:5:6:7:8]:3478"
            })
    void canonicalTextSurvivesARoundTrip(String text) {
        TransportAddress address = TransportAddress.parse(text);
        assertThat(address).hasToString(text);
        assertThat(TransportAddress.ofInetSocketAddress(address.toInetSocketAddress()))
                .isEqualTo(address);
        assertThat(IpAddress.ofBytes(address.ip().bytes())).isEqualTo(address.ip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3.4",
                "1.2.3:4",
                "01.2.3.4:5",
                "1.2.3.256:5",
                "localhost:5",
                "::1:5",
                "[1.2.3.4]:5",
                "[::1]:65536",
                "[::1]:",
                "[::1]:+5",
                "[1:2:3:4:5:6:7]:5",
                "[1::2::3]:5",
                "[12345::]:5",
                "[::1.2.3]:5",
                "[1:2:3:4:5:6:7::8:9]:5"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> TransportAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mappedAddressStaysAsWrittenButASocketMeansIpv4() {
        TransportAddress written = TransportAddress.parse("[::ffff:192.0.2.1]:7");

        assertThat(written).hasToString("[::ffff:c000:201]:7");
        assertThat(written.ip().isIpv4Mapped()).isTrue();
        assertThat(written.toInetSocketAddress().getAddress()).isInstanceOf(Inet6Address.class);
        assertThat(TransportAddress.ofInetSocketAddress(written.toInetSocketAddress()))
                .isEqualTo(TransportAddress.parse("192.0.2.1:7"));
        assertThatThrownBy(() -> TransportAddress.ofInetSocketAddress(InetSocketAddress.createUnresolved("a.test", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void orderIsByFamilyThenUnsignedNumberThenPort() {
        List<TransportAddress> ordered = Stream.of(
                        "0.0.0.1:9",
                        "127.0.0.1:1",
                        "127.0.0.1:2",
                        "200.0.0.1:1",
                        "[::]:1",
                        "[::8000:0:0:1]:1",
                        "[1::]:1",
                        "[8000::]:1",
                        "[8000::1]:65535")
                .map(TransportAddress::parse)
                .toList();

        assertThat(ordered).isSorted();
        assertThat(ordered.stream().map(TransportAddress::ip)).isSorted();
    }

    /** Neighbouring ports and addresses, as a scanner or a relay has them, must not meet in a hash table. */
    @Test
    void hashesOfNeighboursAreSpread() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 65_536; i++) {
            hashes.add(new TransportAddress(AddressFamily.IPV4, 0, 0xC000_0201L, i).hashCode() & 0xFFFF);
            hashes.add(new TransportAddress(AddressFamily.IPV4, 0, 0x0A00_0000L + i, 5000).hashCode() & 0xFFFF);
        }

        assertThat(hashes).hasSizeGreaterThan(50_000); // 131072 random draws of 65536 fill 86 %
    }
}
