package dev.parley.turn.transport;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.Secret;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.MobilityTickets;
import dev.parley.turn.core.OwnAddresses;
import dev.parley.turn.core.PeerRules;
import dev.parley.turn.core.PortPartition;
import dev.parley.turn.core.PortRange;
import dev.parley.turn.core.RelayAddress;
import dev.parley.turn.core.RelayScope;
import dev.parley.turn.core.TurnExtensions;
import dev.parley.turn.core.TurnLimits;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.core.TurnSettings;
import dev.parley.turn.core.UserDecision;
import dev.parley.turn.core.Users;
import dev.parley.turn.loop.RefusalLog;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.SourceBudget;
import dev.parley.turn.loop.SparseLog;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnNotices;
import dev.parley.turn.loop.Usage;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import dev.parley.turn.reservation.SharedReservations;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.PeerSockets;
import dev.parley.turn.stream.ConnectionCounts;
import dev.parley.turn.stream.StreamLimits;
import dev.parley.turn.stream.StreamListener;
import dev.parley.turn.stream.StreamSettings;
import dev.parley.turn.stream.StreamSockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A whole relay on embedded channels, with as many event loops as wanted and a clock that only the test moves. Bound to
 * 10.0.0.1 and advertised as 198.51.100.1; every name is a user with the same password.
 */
final class RelayFixture implements AutoCloseable {
    static final String REALM = "test";
    static final String PASSWORD = "correct horse";
    static final int CONNECTIONS = 200;
    static final TransportAddress SERVER = TransportAddress.parse("10.0.0.1:3478");

    private final List<EmbeddedChannel> clockworks = new ArrayList<>();
    private final List<LoopWiring> loops = new ArrayList<>();
    private final List<FakeSocket> listeners = new ArrayList<>();
    private final List<StreamListener> streamListeners = new ArrayList<>();
    private final List<FakeStream> streams = new ArrayList<>();
    private final ConnectionCounts connectionCounts;
    private final List<String> notices = new ArrayList<>();
    private final List<Usage> usages = new ArrayList<>();
    private final List<TurnServer> cores = new ArrayList<>();
    private final RelayDirectory directory = new RelayDirectory();
    private final SharedReservations reservations = new SharedReservations();
    private final TurnCounters counters = new TurnCounters();
    private final FakeSockets sockets = new FakeSockets(clockworks);
    private final Secret ticketSecret = Secret.generate(new SecureRandom());
    private final SharedQuotas quotas;
    private int userLookUps;
    private long nowNanos;

    static RelayFixture withLoops(int count) {
        return new RelayFixture(count, new SharedQuotas(new QuotaLimits(1000, 1000, 1000)));
    }

    static RelayFixture withQuotas(SharedQuotas quotas) {
        return new RelayFixture(1, quotas);
    }

    private RelayFixture(int count, SharedQuotas quotas) {
        this.quotas = quotas;
        SecureRandom random = new SecureRandom();
        StreamSettings streams = settings();
        connectionCounts = new ConnectionCounts(streams.limits());
        LoopWiring.Shared shared = new LoopWiring.Shared(
                TransportSettings.of(List.of(SERVER), count).with(streams),
                sockets,
                () -> nowNanos,
                directory,
                new Notes(),
                counters,
                new SparseLog(() -> nowNanos, true),
                new RefusalLog(() -> nowNanos, true, random.nextLong()),
                new SourceBudget(Defaults.RESPONSES_PER_SOURCE, Defaults.RESPONSES_TOTAL, random.nextLong()),
                random,
                new ArrayList<>(),
                new ArrayList<>(),
                new StreamSockets(false),
                new PeerSockets(false),
                connectionCounts);
        for (int i = 0; i < count; i++) {
            EmbeddedChannel clockwork = new EmbeddedChannel();
            clockwork.freezeTime();
            clockworks.add(clockwork);
            TurnServer core = core(i, count, random);
            cores.add(core);
            LoopWiring loop = new LoopWiring(i, clockwork.eventLoop(), core, shared);
            loops.add(loop);
            try {
                loop.listen(SERVER);
            } catch (ListenException | InterruptedException e) {
                throw new AssertionError(e);
            }
            listeners.add(sockets.at(SERVER));
            streamListeners.add(loop.addStreamListener());
            loop.startReading();
        }
        runTasks();
    }

    private TurnServer core(int index, int count, SecureRandom random) {
        PeerAddressPolicy policy = new PeerAddressPolicy(List.of(Cidr.parse("203.0.113.0/24")), List.of(), List.of());
        return new TurnServer(
                new TurnSettings(
                        REALM,
                        List.of(new RelayAddress(IpAddress.parse("10.0.0.1"), IpAddress.parse("198.51.100.1"))),
                        new PortPartition(new PortRange(50_000, 50_099), count, index),
                        TurnLimits.DEFAULT,
                        TurnExtensions.NONE.withDontFragment(true).with(new MobilityTickets(ticketSecret, index))),
                new PeerRules(policy, new Host(), directory, RelayScope.PUBLIC),
                new Everybody(),
                quotas,
                reservations,
                new NonceIssuer(Secret.generate(random), Duration.ofMinutes(10)),
                () -> Instant.EPOCH.plusNanos(nowNanos),
                random);
    }

    private static StreamSettings settings() {
        StreamLimits limits = StreamLimits.DEFAULT;
        return new StreamSettings(
                List.of(SERVER),
                new StreamLimits(
                        CONNECTIONS,
                        limits.unauthenticatedPerAddress(),
                        limits.handshake(),
                        limits.firstMessage(),
                        limits.idleUnauthenticated(),
                        limits.idleAuthenticated(),
                        limits.sendQueueBytes(),
                        limits.replyQueueBytes()),
                TestTls::context,
                CidrSet.of(List.of(Cidr.parse("10.9.0.0/16"))),
                false);
    }

    /** A new TCP connection; from 10.9.0.0/16 it comes from a hop that speaks PROXY. */
    FakeStream stream(int loop, String remote) {
        FakeStream stream = new FakeStream(streamListeners.get(loop), remote);
        streams.add(stream);
        return stream;
    }

    ConnectionCounts connectionCounts() {
        return connectionCounts;
    }

    FakeClient client(int loop, String address, String name) {
        return new FakeClient(listeners.get(loop), address, name);
    }

    FakeSocket listener(int loop) {
        return listeners.get(loop);
    }

    /** The socket of a relayed address. */
    FakeSocket relay(TransportAddress relayed) {
        return sockets.at(TransportAddress.of(SERVER.ip(), relayed.port()));
    }

    /** Datagrams of one wake-up, from a peer to a relayed address. */
    void fromPeer(TransportAddress peer, TransportAddress relayed, String... hexPayloads) {
        fromPeerWith(HeaderFields.DEFAULT, peer, relayed, hexPayloads);
    }

    /** The same, whose IP headers said this. */
    void fromPeerWith(int headerFields, TransportAddress peer, TransportAddress relayed, String... hexPayloads) {
        ByteBuf[] datagrams = new ByteBuf[hexPayloads.length];
        for (int i = 0; i < datagrams.length; i++) {
            datagrams[i] = Unpooled.directBuffer().writeBytes(ByteBufUtil.decodeHexDump(hexPayloads[i]));
        }
        relay(relayed).deliver(peer, headerFields, datagrams);
    }

    /** What left a socket: destination, bytes, and header fields that are not the system's own. */
    static List<String> sent(FakeSocket socket) {
        return socket.sent();
    }

    void advance(Duration duration) {
        nowNanos += duration.toNanos();
        for (EmbeddedChannel clockwork : clockworks) {
            clockwork.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
        runTasks();
    }

    /** What one event loop left for another, or for later. */
    void runTasks() {
        for (EmbeddedChannel clockwork : clockworks) {
            clockwork.runPendingTasks();
            clockwork.runScheduledPendingTasks();
        }
    }

    List<LoopWiring> loops() {
        return loops;
    }

    FakeSockets sockets() {
        return sockets;
    }

    TurnCounters counters() {
        return counters;
    }

    RelayDirectory directory() {
        return directory;
    }

    TurnServer core(int loop) {
        return cores.get(loop);
    }

    /** What the listener for notices heard. */
    List<String> notices() {
        return notices;
    }

    @Override
    public void close() {
        for (LoopWiring loop : loops) {
            loop.stop();
        }
        runTasks();
        streams.forEach(FakeStream::close);
        sockets.closeAll();
        clockworks.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private final class Notes implements TurnNotices {
        @Override
        public void allocationOpened(String name, TransportAddress client, TransportAddress relayed) {
            notices.add("opened " + name + " " + client + " " + relayed);
        }

        @Override
        public void allocationMoved(String name, TransportAddress from, TransportAddress to, TransportAddress relayed) {
            notices.add("moved " + name + " " + from + " " + to + " " + relayed);
        }

        @Override
        public void allocationEnded(String name, TransportAddress client, TransportAddress relayed, EndReason reason) {
            notices.add("ended " + name + " " + client + " " + relayed + " " + reason.label());
        }

        @Override
        public void allocationUsed(Usage usage, EndReason reason) {
            usages.add(usage);
        }
    }

    /** What ended allocations had relayed. */
    List<Usage> usages() {
        return usages;
    }

    private static final class Host implements OwnAddresses {
        @Override
        public boolean isOwnHost(IpAddress address) {
            return address.equals(SERVER.ip()) || address.equals(IpAddress.parse("198.51.100.1"));
        }

        @Override
        public boolean isOwnListener(TransportAddress address) {
            return address.equals(SERVER);
        }
    }

    /** How often a user was looked up. */
    int userLookUps() {
        return userLookUps;
    }

    private final class Everybody implements Users {
        @Override
        public UserDecision find(String username, KeyAlgorithm algorithm) {
            userLookUps++;
            return new UserDecision.Known(username, List.of(LongTermKey.ofPassword(username, REALM, PASSWORD)));
        }

        @Override
        public Standing standing(String username, String name) {
            return Standing.GOOD;
        }
    }
}
