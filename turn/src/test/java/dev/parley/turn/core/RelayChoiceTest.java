package dev.parley.turn.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.turn.quota.QuotaLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several relay addresses of one family. */
class RelayChoiceTest {
    @Test
    void clientsAreSpreadOverTheRelayAddressesOfAFamilyAndEachKeepsToItsOwn() {
        List<RelayAddress> addresses = List.of(
                RelayAddress.of(IpAddress.parse("192.0.2.10")),
                new RelayAddress(IpAddress.parse("10.0.0.11"), IpAddress.parse("192.0.2.11")),
                RelayAddress.of(TurnFixture.RELAY_IPV6));
        TurnFixture turn = new TurnFixture(
                addresses,
                TurnLimits.DEFAULT,
                new PortRange(50000, 50999),
                new QuotaLimits(1000, 1000, 1000),
                1,
                TurnExtensions.NONE);
        Map<IpAddress, Integer> clientsByRelay = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            TestClient client =
                    TestClient.over(ClientTransport.UDP, "198.51.100." + i + ":5000", TurnFixture.ALICE.username());
            turn.allocate(client, new EvenPort(true));
            IpAddress relay = turn.relayedOf(client).ip();
            turn.allocate(client.onPort(5001));
            assertThat(turn.relayedOf(client.onPort(5001)).ip()).isEqualTo(relay);
            long token = requireNonNull(turn.relayOf(client).hold()).token();
            turn.allocate(client.onPort(5002), new ReservationToken(token));
            assertThat(turn.relayedOf(client.onPort(5002)))
                    .isEqualTo(turn.relayedOf(client)
                            .withPort(turn.relayedOf(client).port() + 1));
            clientsByRelay.merge(relay, 1, Integer::sum);
        }
        assertThat(clientsByRelay)
                .hasSize(2)
                .allSatisfy((relay, clients) -> assertThat(clients).isBetween(70, 130));

        assertThat(turn.server.freePorts()).isEqualTo(3 * 1000 - 200 * 3);
        for (int i = 0; i < 200; i++) {
            for (int port = 5000; port <= 5002; port++) {
                turn.refresh(
                        TestClient.over(
                                ClientTransport.UDP, "198.51.100." + i + ":" + port, TurnFixture.ALICE.username()),
                        0);
            }
        }
        assertThat(turn.server.freePorts()).isEqualTo(3000);
    }

    @Test
    void theWholeNetworkOfAnIpv6ClientIsOneClient() {
        RelayChoice choice = new RelayChoice(List.of(
                RelayAddress.of(IpAddress.parse("192.0.2.10")), RelayAddress.of(IpAddress.parse("192.0.2.11"))));
        for (int i = 0; i < 50; i++) {
            assertThat(choice.find(AddressFamily.IPV4, TransportAddress.parse("[2001:db8::" + i + "]:1")))
                    .isEqualTo(choice.find(AddressFamily.IPV4, TransportAddress.parse("[2001:db8::]:2")));
        }
        assertThat(choice.find(AddressFamily.IPV6, TransportAddress.parse("192.0.2.1:1")))
                .isNull();
    }
}
