package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.CidrSet;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All connections come from 203.0.113.7, which is a known proxy, or is not. */
@ExtendWith(LeakCheck.class)
class ProxiedClientsTest {
    private static final ClientAddresses BEHIND_PROXY = ClientAddresses.behind(
            CidrSet.of(List.of(Cidr.parse("203.0.113.7/32"))), ClientAddresses.Header.X_FORWARDED_FOR);

    private HubHarness harness = new HubHarness();

    @AfterEach
    void end() {
        harness.closeAll();
        assertThat(harness.counters.connections()).isZero();
    }

    private void serve(HubLimit limit, int value, ClientAddresses clients) {
        harness = new HubHarness(HubLimits.defaults().with(limit, value), clients);
    }

    private HttpChannel upgrade(String client) {
        HttpChannel channel = harness.connect();
        channel.sendAscii(HttpRequests.upgrade().replaceFirst("\r\n", "\r\nX-Forwarded-For: " + client + "\r\n"));
        return channel;
    }

    private String hello(String client) {
        HttpChannel channel = upgrade(client);
        assertThat(channel.sentAscii()).startsWith("HTTP/1.1 101 ");
        channel.sendText("{\"type\":\"hello\"}");
        harness.settle();
        return channel.sentFrames().toString();
    }

    @Test
    void sessionsCountForTheClientTheProxyNames() {
        serve(HubLimit.SESSIONS_PER_ADDRESS, 1, BEHIND_PROXY);

        assertThat(hello("198.51.100.1")).contains("welcome");
        assertThat(hello("198.51.100.2")).contains("welcome");
        assertThat(hello("192.0.2.9, 198.51.100.2"))
                .as("whatever it writes itself")
                .contains("close 1013");
    }

    @Test
    void section4Line17HeaderOfAStrangerChangesNothing() {
        serve(HubLimit.SESSIONS_PER_ADDRESS, 1, ClientAddresses.DIRECT);

        assertThat(hello("198.51.100.1")).contains("welcome");
        assertThat(hello("198.51.100.2")).contains("close 1013");
    }

    @Test
    void webSocketsCountForTheirClientAndNotOneMore() {
        serve(HubLimit.CONNECTIONS_PER_ADDRESS, 2, BEHIND_PROXY);
        HttpChannel first = upgrade("198.51.100.1");
        assertThat(first.sentAscii()).startsWith("HTTP/1.1 101 ");
        assertThat(upgrade("198.51.100.1").sentAscii()).startsWith("HTTP/1.1 101 ");

        assertThat(upgrade("198.51.100.1").sentAscii())
                .startsWith("HTTP/1.1 429 ")
                .contains("too-many-connections");
        assertThat(upgrade("198.51.100.2").sentAscii()).startsWith("HTTP/1.1 101 ");
        first.close();
        harness.settle();
        assertThat(upgrade("198.51.100.1").sentAscii()).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void proxyItselfMayHaveManyConnectionsButNotMoreThanAllTogether() {
        serve(HubLimit.CONNECTIONS_PER_ADDRESS, 1, BEHIND_PROXY);
        for (int i = 0; i < 5; i++) {
            assertThat(harness.connect().isOpen()).isTrue();
        }
        serve(HubLimit.CONNECTIONS, 1, BEHIND_PROXY);
        assertThat(harness.connect().isOpen()).isTrue();
        assertThat(harness.connect().isOpen()).isFalse();
    }
}
