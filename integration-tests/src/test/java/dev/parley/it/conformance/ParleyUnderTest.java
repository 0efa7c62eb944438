package dev.parley.it.conformance;

import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;

/** How a Parley is started for the suite: on loopback, every transport that it has, IPv4 and IPv6. */
final class ParleyUnderTest {
    private ParleyUnderTest() {}

    static Server start() {
        ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
                .set("turn.relay-address", "127.0.0.1,::1")
                .set("turn.peers.allow", "127.0.0.0/8,::1/128")
                .set("turn.threads", 1)
                .start();
        return Server.of(parley, EveryTransport.addresses(parley));
    }
}
