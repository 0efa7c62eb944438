package dev.parley.it.abuse;

import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Link;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests of this package, with the policy for peers that a public host has: the only exception is a
 * network on loopback where the tests have a peer that shall be reached.
 */
final class RelayUnderAttack implements AutoCloseable {
    /** The address of the peer that may be reached. */
    static final InetAddress ALLOWED = address("127.77.0.1");

    /** Ports that no client takes by chance, so that whatever leaves from them was relayed. */
    static final String RELAY_PORTS = "61100-61999";

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final ParleyProcess parley;
    private final Map<Transport, InetSocketAddress> addresses;

    private RelayUnderAttack(ParleyProcess parley) {
        this.parley = parley;
        this.addresses = EveryTransport.addresses(parley);
    }

    static RelayUnderAttack start() {
        return new RelayUnderAttack(plan().start());
    }

    /** A server that relays TCP, too. */
    static RelayUnderAttack startWithTcpRelay() {
        return new RelayUnderAttack(plan().set("turn.tcp-relay", true).start());
    }

    private static ParleyProcess.Plan plan() {
        return EveryTransport.added(ParleyProcess.plan(), TestAuthority.create())
                .set("turn.relay-address", "127.0.0.1,::1")
                .set("turn.relay-ports", RELAY_PORTS)
                .set("turn.peers.allow", "127.77.0.0/16")
                .set("turn.threads", 1);
    }

    ParleyProcess process() {
        return parley;
    }

    /** Where clients of this transport go; aborts the test when it is not served. */
    InetSocketAddress address(Transport transport) {
        InetSocketAddress address = addresses.get(transport);
        return address != null ? address : Assumptions.abort(transport + " is not served");
    }

    /** Where the next client comes from: an address of its own, so that no two share a budget. */
    InetSocketAddress freshSource() {
        int number = CLIENTS.incrementAndGet();
        return new InetSocketAddress(address("127.8." + ((number >> 8) & 0xFF) + "." + (number & 0xFF)), 0);
    }

    Client open(Transport transport) {
        var login = Login.timeLimited("mallory" + CLIENTS.incrementAndGet(), ParleyProcess.SECRET);
        return new Client(Link.open(transport, freshSource(), address(transport)), transport, login, true);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        parley.close();
    }

    /** Hands the one server to the tests; JUnit closes it when the run is over. */
    static final class Provider implements ParameterResolver {
        private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Provider.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RelayUnderAttack.class;
        }

        @Override
        public RelayUnderAttack resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(SPACE)
                    .getOrComputeIfAbsent(RelayUnderAttack.class, key -> start(), RelayUnderAttack.class);
        }
    }
}
