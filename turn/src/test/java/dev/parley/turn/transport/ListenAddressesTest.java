package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
    private static final List<IpAddress> LOCAL =
            List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1"));

    @Test
    void aWildcardStandsForEveryAddressOfItsFamily() {
        assertThat(resolved("0.0.0.0:3478")).containsExactly("127.0.0.1:3478", "192.0.2.1:3478");
        assertThat(resolved("[::]:3478")).containsExactly("[2001:db8::1]:3478");
    }

    @Test
    void aConcreteAddressStaysAndIsNotRepeated() {
        assertThat(resolved("192.0.2.1:3478", "0.0.0.0:3478")).containsExactly("192.0.2.1:3478", "127.0.0.1:3478");
    }

    private static List<String> resolved(String... listen) {
        List<TransportAddress> wanted =
                java.util.Arrays.stream(listen).map(TransportAddress::parse).toList();
        return ListenAddresses.withoutWildcards(wanted, LOCAL).stream()
                .map(TransportAddress::toString)
                .toList();
    }
}
