package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "[::ffff:c000:201]:7",
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
}
