package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.IpAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known proxies are 10.0.0.0/8 and 2001:db8:1::/48; the one that is connected is 10.0.0.1. */
class ClientAddressesTest {
    private static final CidrSet PROXIES = CidrSet.of(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8:1::/48")));
    private static final IpAddress PROXY = IpAddress.parse("10.0.0.1");

    private static String client(ClientAddresses.Header header, IpAddress connected, HttpHeaders headers) {
        return ClientAddresses.behind(PROXIES, header)
                .clientOf(connected, headers)
                .toString();
    }

    private static HttpHeaders forwardedFor(String... values) {
        return new DefaultHttpHeaders().add("X-Forwarded-For", List.of(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7 | 198.51.100.7",
                "198.51.100.7, 10.1.1.1 | 198.51.100.7",
                "203.0.113.9, 198.51.100.7 | 198.51.100.7",
                "203.0.113.9, 198.51.100.7, 10.1.1.1, 2001:db8:1::5 | 198.51.100.7",
                "198.51.100.7:4711 | 198.51.100.7",
                "[2001:db8::9]:4711 | 2001:db8::9",
                "2001:db8::9 | 2001:db8::9",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "198.51.100.7, unknown, 10.1.1.1 | 10.1.1.1",
                "198.51.100.7, | 10.0.0.1",
                "not an address | 10.0.0.1",
                "'' | 10.0.0.1"
            })
    void addressLastWrittenByAKnownProxyCounts(String header, String client) {
        assertThat(client(ClientAddresses.Header.X_FORWARDED_FOR, PROXY, forwardedFor(header)))
                .isEqualTo(client);
    }

    @Test
    void linesOfTheSameHeaderAreOneList() {
        assertThat(client(
                        ClientAddresses.Header.X_FORWARDED_FOR,
                        PROXY,
                        forwardedFor("203.0.113.9", "198.51.100.7, 10.1.1.1")))
                .isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.7 | 198.51.100.7",
                "For=\"[2001:db8::9]:4711\";proto=https;by=10.0.0.1 | 2001:db8::9",
                "for=203.0.113.9, proto=http; for=198.51.100.7, for=10.1.1.1 | 198.51.100.7",
                "for=198.51.100.7, for=_hidden | 10.0.0.1",
                "for=198.51.100.7, proto=https | 10.0.0.1"
            })
    void headerOfRfc7239IsReadLikewise(String header, String client) {
        HttpHeaders headers = new DefaultHttpHeaders().add("Forwarded", header);
        assertThat(client(ClientAddresses.Header.FORWARDED, PROXY, headers)).isEqualTo(client);
    }

    @Test
    void section4Line17HeaderOfOthersChangesNothing() {
        IpAddress stranger = IpAddress.parse("203.0.113.66");
        HttpHeaders spoofed = forwardedFor("198.51.100.7").add("Forwarded", "for=198.51.100.7");

        for (ClientAddresses.Header header : ClientAddresses.Header.values()) {
            assertThat(client(header, stranger, spoofed)).isEqualTo(stranger.toString());
        }
        assertThat(ClientAddresses.DIRECT.clientOf(PROXY, spoofed)).isEqualTo(PROXY);
    }

    @Test
    void headerThatTheProxiesDoNotWriteIsIgnored() {
        assertThat(client(ClientAddresses.Header.FORWARDED, PROXY, forwardedFor("198.51.100.7")))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"15, 198.51.100.7", "16, 10.1.1.1"})
    void chainOfProxiesHasItsLengthAndNotOneMore(int proxies, String client) {
        String chain = "198.51.100.7" + String.join("", Collections.nCopies(proxies, ",10.1.1.1"));

        assertThat(client(ClientAddresses.Header.X_FORWARDED_FOR, PROXY, forwardedFor(chain)))
                .isEqualTo(client);
    }
}
