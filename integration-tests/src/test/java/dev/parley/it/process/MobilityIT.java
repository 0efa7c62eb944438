package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Link;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that move (RFC 8016) between addresses, transports and the event loops of a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobilityIT {
    private static final int MOBILITY_TICKET = 0x8030;
    private static final int CHANNEL = 0x4000;
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
            .set("turn.mobility", true)
            .set("turn.threads", 3)
            .set("turn.quota.per-user", 1)
            .start();
    private final Map<Transport, InetSocketAddress> servers = EveryTransport.addresses(parley);
    private final Peer peer = new Peer(LOOPBACK);
    private final List<Client> opened = new ArrayList<>();

    @AfterEach
    void clientsLeave() {
        opened.reversed().forEach(Client::abandon);
        opened.forEach(Client::close);
        opened.clear();
    }

    @AfterAll
    void everythingEndsWell() {
        peer.close();
        parley.close();
    }

    /** Each address hashes to one of three event loops, so most of these moves cross loops. */
    @Test
    void dataGoesBothWaysWhileAClientGoesThroughAllTransportsSeveralTimes() {
        Login login = Login.timeLimited("rover", ParleyProcess.SECRET);
        Client here = open(Transport.UDP, login);
        Message allocated = allocateMobile(here).expectSuccess();
        InetSocketAddress relayed = allocated.address(Wire.XOR_RELAYED_ADDRESS);
        byte[] ticket = allocated.require(MOBILITY_TICKET).bytes();
        here.bind(CHANNEL, peer.address()).expectSuccess();
        for (int round = 0; round < 4; round++) {
            for (Transport transport : Transport.values()) {
                Client there = open(transport, login);
                expectBothWays(here, relayed);
                Message moved = move(there, ticket).expectSuccess();
                byte[] next = moved.require(MOBILITY_TICKET).bytes();
                assertThat(next).isNotEqualTo(ticket);
                ticket = next;
                expectBothWays(here, relayed);
                expectBothWays(there, relayed);
                there.refresh(600).expectSuccess();
                here.sendOnChannel(CHANNEL, text("from where nobody is any more"));
                expectBothWays(there, relayed);
                here = there;
            }
        }
    }

    /** With TCP allocations one event loop has all connections, and the others still have allocations. */
    @Test
    void clientsOfEveryEventLoopMayGoOverToTcpWhereOneLoopServesIt() {
        try (ParleyProcess other = ParleyProcess.loopbackPlan()
                .set("turn.mobility", true)
                .set("turn.tcp-relay", true)
                .set("turn.threads", 3)
                .start()) {
            for (int i = 0; i < 8; i++) {
                Login login = Login.timeLimited("rover" + i, ParleyProcess.SECRET);
                try (Client here = new Client(link(Transport.UDP, other), Transport.UDP, login, true);
                        Client there = new Client(link(Transport.TCP, other), Transport.TCP, login, true)) {
                    Message allocated = allocateMobile(here).expectSuccess();
                    here.bind(CHANNEL, peer.address()).expectSuccess();
                    move(there, allocated.require(MOBILITY_TICKET).bytes()).expectSuccess();
                    expectBothWays(there, allocated.address(Wire.XOR_RELAYED_ADDRESS));
                }
            }
        }
    }

    @Test
    void row21HoweverOftenAConnectionBreaksThereIsOneRelayPortForOneUser() {
        Login login = Login.timeLimited("breaker", ParleyProcess.SECRET);
        Client first = open(Transport.TCP, login);
        Message allocated = allocateMobile(first).expectSuccess();
        InetSocketAddress relayed = allocated.address(Wire.XOR_RELAYED_ADDRESS);
        byte[] ticket = allocated.require(MOBILITY_TICKET).bytes();
        first.bind(CHANNEL, peer.address()).expectSuccess();
        first.close();
        for (int i = 0; i < 100; i++) {
            try (Client again = new Client(link(Transport.TCP), Transport.TCP, login, true)) {
                allocateMobile(again).expect(486);
            }
        }
        Client last = open(Transport.TCP, login);
        move(last, ticket).expectSuccess();
        expectBothWays(last, relayed);
    }

    @Test
    void row22TicketsOfOthersAndMadeUpOnesAreWorthNothing() {
        Client owner = open(Transport.UDP, Login.timeLimited("owner", ParleyProcess.SECRET));
        Message allocated = allocateMobile(owner).expectSuccess();
        byte[] ticket = allocated.require(MOBILITY_TICKET).bytes();
        owner.bind(CHANNEL, peer.address()).expectSuccess();
        for (int i = 0; i < 60; i++) {
            Transport transport = i % 2 == 0 ? Transport.UDP : Transport.TCP;
            try (Client thief =
                    new Client(link(transport), transport, Login.timeLimited("thief", ParleyProcess.SECRET), true)) {
                byte[] forged = ticket.clone();
                forged[i % forged.length] ^= 1;
                move(thief, forged).expect(400);
                move(thief, ticket).expect(441);
                thief.refresh(600).expect(437);
            }
        }
        expectBothWays(owner, allocated.address(Wire.XOR_RELAYED_ADDRESS));
    }

    private Client open(Transport transport, Login login) {
        Client client = new Client(link(transport), transport, login, true);
        opened.add(client);
        return client;
    }

    private Link link(Transport transport) {
        InetSocketAddress server = Objects.requireNonNull(servers.get(transport));
        return Link.open(transport, new InetSocketAddress(LOOPBACK, 0), server);
    }

    private static Link link(Transport transport, ParleyProcess server) {
        return Link.open(transport, new InetSocketAddress(LOOPBACK, 0), server.turnAddress());
    }

    private static Message allocateMobile(Client client) {
        return client.ask(Client.bareAllocate().attribute(MOBILITY_TICKET));
    }

    private static Message move(Client client, byte[] ticket) {
        return client.ask(Packet.request(Wire.REFRESH).attribute(MOBILITY_TICKET, ticket));
    }

    private void expectBothWays(Client client, InetSocketAddress relayed) {
        String words = "from " + client.link().local();
        client.sendOnChannel(CHANNEL, text(words));
        Peer.Heard heard = Objects.requireNonNull(peer.receive(SOON), "nothing came out of the relay");
        assertThat(heard.payload()).isEqualTo(words);
        assertThat(heard.from()).isEqualTo(relayed);
        peer.send(relayed, text("back"));
        byte[] frame = client.require(SOON);
        assertThat(new String(Arrays.copyOfRange(frame, 4, 8), StandardCharsets.US_ASCII))
                .isEqualTo("back");
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }
}
