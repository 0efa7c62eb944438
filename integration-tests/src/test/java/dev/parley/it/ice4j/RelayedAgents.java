package dev.parley.it.ice4j;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.StunCandidateHarvester;
import org.ice4j.ice.harvest.TurnCandidateHarvester;
import org.ice4j.security.LongTermCredential;

/**
 * Two ice4j agents in one process that tell each other their relayed candidates only, connect, and talk. Prints what it
 * gathered and what came through, one fact a line. Run inside a client's namespace, because ice4j offers no loopback
 * addresses. Over TCP and TLS their messages are carried by a {@link StreamBridge}.
 */
final class RelayedAgents {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MESSAGES = 100;

    private final Agent agent = new Agent();
    private final IceMediaStream stream = agent.createMediaStream("data");

    private RelayedAgents(TransportAddress server, String username, String password, boolean controlling)
            throws Exception {
        agent.setControlling(controlling);
        agent.addCandidateHarvester(new StunCandidateHarvester(server));
        agent.addCandidateHarvester(new TurnCandidateHarvester(server, new LongTermCredential(username, password)));
        agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, true);
    }

    /** The arguments are the server's address and port, username and password of the relay, transport, own address. */
    public static void main(String[] arguments) {
        System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
        System.setProperty("ice4j.harvest.use-ipv6", "false");
        // As RFC 8489 section 6.2.1 has it. By default it gives up after a second, which a first TLS handshake may
        // take.
        System.setProperty("org.ice4j.MAX_RETRANSMISSIONS", "7");
        int exitCode = 1;
        try {
            connectAndTalk(arguments);
            exitCode = 0;
        } catch (Exception e) {
            System.err.println("failed: " + e);
        }
        System.exit(exitCode); // ice4j keeps threads that would hold the process.
    }

    private static void connectAndTalk(String[] arguments) throws Exception {
        var transport = dev.parley.it.wire.Transport.valueOf(arguments[4]);
        var relay = new InetSocketAddress(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1]));
        InetSocketAddress door = transport == dev.parley.it.wire.Transport.UDP
                ? relay
                : StreamBridge.start(InetAddress.getByName(arguments[5]), transport, relay);
        var server = new TransportAddress(door, Transport.UDP);
        var caller = new RelayedAgents(server, arguments[2], arguments[3], true);
        var callee = new RelayedAgents(server, arguments[2], arguments[3], false);
        caller.printCandidates();
        caller.learnFrom(callee);
        callee.learnFrom(caller);
        callee.agent.startConnectivityEstablishment();
        caller.agent.startConnectivityEstablishment();
        CandidatePair there = caller.awaitPair();
        callee.awaitPair();
        System.out.println("pair " + there.getLocalCandidate().getType() + " "
                + there.getRemoteCandidate().getType());
        caller.talkTo(callee);
        callee.talkTo(caller);
        caller.agent.free();
        callee.agent.free();
    }

    private Component component() {
        return stream.getComponents().getFirst();
    }

    private void printCandidates() {
        for (LocalCandidate candidate : component().getLocalCandidates()) {
            TransportAddress address = candidate.getTransportAddress();
            System.out.println(candidate.getType() + " " + address.getHostAddress() + " " + address.getPort());
        }
    }

    private void learnFrom(RelayedAgents other) {
        stream.setRemoteUfrag(other.agent.getLocalUfrag());
        stream.setRemotePassword(other.agent.getLocalPassword());
        for (LocalCandidate candidate : other.component().getLocalCandidates()) {
            if (candidate.getType() == CandidateType.RELAYED_CANDIDATE) {
                component()
                        .addRemoteCandidate(new RemoteCandidate(
                                candidate.getTransportAddress(),
                                component(),
                                candidate.getType(),
                                candidate.getFoundation(),
                                candidate.getPriority(),
                                null));
            }
        }
    }

    private CandidatePair awaitPair() throws InterruptedException {
        List<IceProcessingState> done = List.of(IceProcessingState.COMPLETED, IceProcessingState.TERMINATED);
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (!done.contains(agent.getState()) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        CandidatePair pair = component().getSelectedPair();
        if (pair == null) {
            throw new IllegalStateException("no pair, state " + agent.getState());
        }
        return pair;
    }

    /** Sends from this agent to the other, one message after the other. */
    private void talkTo(RelayedAgents other) throws IOException {
        DatagramSocket receiver = other.component().getSocket();
        receiver.setSoTimeout(PATIENCE_MILLIS);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] text = ("hello from relay to relay " + i).getBytes(StandardCharsets.US_ASCII);
            component().send(text, 0, text.length);
            var received = new DatagramPacket(new byte[1500], 1500);
            receiver.receive(received);
            if (!Arrays.equals(text, Arrays.copyOf(received.getData(), received.getLength()))) {
                throw new IllegalStateException("message " + i + " came through changed");
            }
        }
        System.out.println("heard " + MESSAGES + " messages");
    }
}
