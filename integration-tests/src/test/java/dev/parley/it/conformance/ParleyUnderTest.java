package dev.parley.it.conformance;

import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.wire.Transport;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;

/** How a Parley is started for the suite: on loopback, every transport that it has, IPv4 and IPv6. */
final class ParleyUnderTest {
    private ParleyUnderTest() {}

    static Server start() {
        ParleyProcess parley = ParleyProcess.loopbackPlan()
                .set("turn.relay-address", "127.0.0.1,::1")
                .set("turn.peers.allow", "127.0.0.0/8,::1/128")
                .set("turn.threads", 1)
                .start();
        Map<Transport, InetSocketAddress> addresses = new EnumMap<>(Transport.class);
        addresses.put(Transport.UDP, parley.turnAddress());
        return Server.of(parley, addresses);
    }
}
