package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every class of the suite shares: a client of its own for each test, peers, and small words. */
@ExtendWith(Recorder.class)
abstract class Suite {
    /** Long enough for a packet that should come. */
    static final Duration SOON = Duration.ofSeconds(2);

    static final int CHANNEL = 0x4000;

    private static final AtomicInteger USERS = new AtomicInteger();

    private final Transport transport;
    private final List<Client> clients = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private @Nullable Server server;
    private @Nullable Client client;

    Suite(Transport transport) {
        this.transport = transport;
    }

    /** Called before each test; aborts it when the server does not serve the transport. */
    final void begin(Server serverUnderTest) {
        assumeTrue(serverUnderTest.find(transport) != null, transport + " is not served");
        server = serverUnderTest;
    }

    /** Called after each test: gives back what it allocated. */
    final void end() {
        for (Client each : clients) {
            each.abandon();
            each.close();
        }
        peers.forEach(Peer::close);
    }

    final Transport transport() {
        return transport;
    }

    final Server server() {
        Server known = server;
        if (known == null) {
            throw new IllegalStateException("the test has not begun");
        }
        return known;
    }

    /** The client that most tests are about. */
    final Client client() {
        Client known = client;
        if (known == null) {
            known = open(freshLogin());
            client = known;
        }
        return known;
    }

    final Login freshLogin() {
        return server().login("user" + USERS.incrementAndGet());
    }

    /** A client on another five-tuple. */
    final Client open(Login login) {
        InetSocketAddress address = serverAddress();
        Link link = Link.open(transport, server().freshSource(address), address);
        var opened = new Client(link, transport, login, server().isParley());
        clients.add(opened);
        return opened;
    }

    final InetSocketAddress serverAddress() {
        InetSocketAddress address = server().find(transport);
        return address != null ? address : abort(transport + " is not served");
    }

    final Peer peer() {
        return peerAt(server().peerAddress());
    }

    final Peer peerAt(InetAddress address) {
        var peer = new Peer(address);
        peers.add(peer);
        return peer;
    }

    /** A peer with another address than {@link #peer}. */
    final Peer otherPeer() {
        InetAddress other = server().otherPeerAddress();
        return other != null ? peerAt(other) : abort("there is only one address for peers");
    }

    final Peer peer6() {
        InetAddress address = server().peerAddress6();
        return address != null ? peerAt(address) : abort("there is no IPv6 address for peers");
    }

    /** An allocation for an IPv6 address; aborts the test when the server has none. */
    final InetSocketAddress allocate6() {
        peer6();
        Message answer = client().ask(Client.bareAllocate().attribute(Wire.REQUESTED_ADDRESS_FAMILY, word(Wire.IPV6)));
        assumeTrue(answer.code() != 440, "the server relays no IPv6");
        return answer.expectSuccess().address(Wire.XOR_RELAYED_ADDRESS);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One byte and three reserved ones. */
    static byte[] word(int first) {
        return new byte[] {(byte) first, 0, 0, 0};
    }

    static byte[] channelNumber(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number, 0, 0};
    }

    /** Allocates, lets this peer in, and answers the relayed address. */
    final InetSocketAddress allocateFor(Peer peer) {
        InetSocketAddress relayed = client().allocate();
        client().permit(peer.address()).expectSuccess();
        return relayed;
    }

    /** Allocates, binds the channel to this peer, and answers the relayed address. */
    final InetSocketAddress allocateAndBind(Peer peer) {
        InetSocketAddress relayed = client().allocate();
        client().bind(CHANNEL, peer.address()).expectSuccess();
        return relayed;
    }

    /** Fails the test when something sent on the channel so far has reached the peer. */
    final void expectOnlyTheEndIsHeard(Peer peer) {
        client().sendOnChannel(CHANNEL, ascii("the end"));
        expectHeard(peer, "the end");
    }

    static Packet send(InetSocketAddress to, String payload) {
        return Packet.indication(Wire.SEND).address(Wire.XOR_PEER_ADDRESS, to).attribute(Wire.DATA, ascii(payload));
    }

    /** Fails the test unless the next that this peer hears is this text. */
    static Peer.Heard expectHeard(Peer peer, String payload) {
        Peer.Heard heard = peer.receive(SOON);
        if (heard == null) {
            throw new AssertionError("the peer heard nothing");
        }
        expect(heard.payload().equals(payload), "the peer heard something else: " + heard.payload());
        return heard;
    }

    /** Fails the test unless a Data indication with this text comes next from this peer. */
    static Message expectData(Client client, InetSocketAddress from, String payload) {
        Message heard = client.nextIndication(SOON);
        expect(heard.method() == Wire.DATA_METHOD, "something else than a Data indication came");
        String text = new String(heard.require(Wire.DATA).bytes(), StandardCharsets.ISO_8859_1);
        expect(text.equals(payload), "other data was delivered: " + text);
        expect(heard.address(Wire.XOR_PEER_ADDRESS).equals(from), "the data is from another peer");
        return heard;
    }

    static void expect(boolean condition, String fault) {
        if (!condition) {
            throw new AssertionError(fault);
        }
    }
}
