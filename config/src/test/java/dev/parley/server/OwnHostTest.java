package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnHostTest {
    private final OwnHost own = new OwnHost(Set.of(IpAddress.parse("9.9.9.9")), Set.of(3478, 8080, 8081));

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "::", "::1"})
    void ownAddressesAreOwnWhateverTheInterfacesSay(String address) {
        assertThat(own.isOwnHost(IpAddress.parse(address))).isTrue();
        assertThat(own.isOwnListener(TransportAddress.of(IpAddress.parse(address), 8081)))
                .isTrue();
        assertThat(own.isOwnListener(TransportAddress.of(IpAddress.parse(address), 3478)))
                .isTrue();
        assertThat(own.isOwnListener(TransportAddress.of(IpAddress.parse(address), 50000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.8", "128.0.0.1", "::2", "2620:fe::9"})
    void othersAreNot(String address) {
        assertThat(own.isOwnHost(IpAddress.parse(address))).isFalse();
        assertThat(own.isOwnListener(TransportAddress.of(IpAddress.parse(address), 3478)))
                .isFalse();
    }
}
