package dev.parley.it.conformance;

import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.wire.Login;

/** How a Parley is started for the suite: on loopback, every transport that it has, IPv4 and IPv6. */
final class ParleyUnderTest {
    /** The one user whom the server knows by name. */
    static final Login KNOWN_USER = new Login("hidden", "the password of the hidden user");

    private ParleyUnderTest() {}

    static Server start() {
        ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
                // RFC 8656 section 7.2 wants these.
                .set("turn.relay-ports", "49152-65535")
                .set("turn.relay-address", "127.0.0.1,::1")
                .set("turn.peers.allow", "127.0.0.0/8,::1/128")
                .set("turn.threads", 1)
                .set("turn.users-file", SecretFile.with(KNOWN_USER.username() + ":" + KNOWN_USER.password() + "\n"))
                .set("turn.username-anonymity", true)
                .start();
        return Server.of(parley, EveryTransport.addresses(parley));
    }
}
