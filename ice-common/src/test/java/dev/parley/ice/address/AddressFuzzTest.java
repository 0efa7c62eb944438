package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Text and numbers of any kind: run with JAZZER_FUZZ=1 to search, otherwise the known inputs are replayed. */
class AddressFuzzTest {
    private static final PeerAddressPolicy POLICY = PeerAddressPolicy.byDefault();
    private static final EmbeddedIpv4 EMBEDDED = new EmbeddedIpv4(List.of());

    @FuzzTest
    void textIsAnAddressThatPrintsTheSameOrRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            IpAddress address = IpAddress.parse(text);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            Cidr range = Cidr.parse(text);
            assertThat(Cidr.parse(range.toString())).isEqualTo(range);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void addressWithAnIpv4AddressInsideIsDenied(FuzzedDataProvider data) {
        IpAddress address = IpAddress.ofIpv6(data.consumeLong(), data.consumeLong());
        boolean allowed = POLICY.decide(address).allowed();

        assertThat(allowed && !EMBEDDED.inside(address).isEmpty()).isFalse();
        assertThat(allowed && address.high() >>> 61 != 1).isFalse();
    }
}
