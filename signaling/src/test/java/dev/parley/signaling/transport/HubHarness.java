package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.Hub;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.IdentityPolicy;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.RelayedSignals;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole signaling side without sockets and threads, in virtual time. */
final class HubHarness {
    /** After which nobody waits for a lost client any more. */
    static final int RESUME_SECONDS = HubLimit.RESUME_SECONDS.defaultValue();

    private static final String UPGRADE = HttpRequests.upgrade();

    final MockTicker ticker = Ticker.newMockTicker();
    final HubCounters counters = new HubCounters();
    final List<String> memberships = new ArrayList<>();
    final Outboxes outboxes = new Outboxes();
    final HubLoop hub;
    private final EmbeddedChannel hubThread =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final List<HttpChannel> channels = new ArrayList<>();
    private final HttpInitializer initializer;

    HubHarness() {
        this(HubLimits.defaults());
    }

    HubHarness(HubLimits limits) {
        this(limits, Admission.EVERYBODY);
    }

    HubHarness(HubLimits limits, Admission admission) {
        this(limits, admission, List.of());
    }

    HubHarness(HubLimits limits, Admission admission, List<HttpApi> apis) {
        this(limits, admission, apis, ClientAddresses.DIRECT);
    }

    /** Behind the proxies that these addresses believe. */
    HubHarness(HubLimits limits, ClientAddresses clients) {
        this(limits, Admission.EVERYBODY, List.of(), clients);
    }

    private HubHarness(HubLimits limits, Admission admission, List<HttpApi> apis, ClientAddresses clients) {
        IceServers servers = new FixedServers();
        FaultLog faults = new FaultLog(counters, ticker::nanoTime);
        Hub core = new Hub(limits, IdentityPolicy.USUAL, new RelayedSignals(), servers.ttl());
        HubEffects effects = new HubEffects(outboxes, servers, new Recorder(), counters);
        hub = new HubLoop(
                core,
                outboxes,
                new Reception(core, outboxes, effects, admission),
                counters,
                faults,
                hubThread.eventLoop(),
                ticker::nanoTime);
        SignalingSettings settings = new SignalingSettings(
                List.of(new InetSocketAddress(0)),
                limits,
                IdentityPolicy.USUAL,
                OriginPolicy.of(List.of("https://app.example.org"), true),
                clients,
                DropInSettings.ALL);
        DropIns dropIns = new DropIns(settings, admission, counters, faults, hubThread.eventLoop(), ticker::nanoTime);
        initializer = new HttpInitializer(open, settings, hub, dropIns, apis, counters, faults);
    }

    HttpChannel connect() {
        HttpChannel channel = new HttpChannel(initializer, ticker);
        channels.add(channel);
        return channel;
    }

    /** A session over a WebSocket; the welcome is still to be read. */
    HttpChannel connectWebSocket() {
        HttpChannel channel = connectSilently();
        channel.sendText("{\"type\":\"hello\"}");
        settle();
        return channel;
    }

    /** A connection that has become a WebSocket and has said nothing. */
    HttpChannel connectSilently() {
        HttpChannel channel = connect();
        channel.sendAscii(UPGRADE);
        String answer = channel.sentAscii();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(answer);
        }
        settle();
        return channel;
    }

    /** A session in the room, with everything so far read. */
    HttpChannel join(String room) {
        HttpChannel channel = connectWebSocket();
        channel.sendText("{\"type\":\"join\",\"room\":\"" + room + "\"}");
        settle();
        channels.forEach(HttpChannel::sent);
        return channel;
    }

    /** Runs everything that is due on all threads there would be. */
    void settle() {
        for (int round = 0; round < 8; round++) {
            hubThread.runPendingTasks();
            hubThread.runScheduledPendingTasks();
            channels.forEach(channel -> {
                channel.runPendingTasks();
                channel.runScheduledPendingTasks();
            });
        }
    }

    void advance(long amount, TimeUnit unit) {
        ticker.advance(amount, unit);
        settle();
    }

    void closeAll() {
        channels.forEach(channel -> {
            channel.close();
            channel.sent();
        });
        settle();
        advance(RESUME_SECONDS, TimeUnit.SECONDS);
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private final class Recorder implements MembershipListener {
        @Override
        public void entered(RoomName room, SessionId session, IpAddress remote) {
            memberships.add("entered " + room.value() + " from " + remote);
        }

        @Override
        public void moved(SessionId session, IpAddress remote) {
            memberships.add("moved to " + remote);
        }

        @Override
        public void departed(RoomName room, SessionId session) {
            memberships.add("departed " + room.value());
        }

        @Override
        public void ended(SessionId session) {
            memberships.add("ended");
        }
    }

    private static final class FixedServers implements IceServers {
        @Override
        public List<IceServer> forMember(SessionId id) {
            return List.of(new IceServer(List.of("turn:192.0.2.7:3478"), "1:member:" + id.value(), "p"));
        }

        @Override
        public Duration ttl() {
            return Duration.ofHours(1);
        }

        @Override
        public RelayScope scope() {
            return RelayScope.ROOM;
        }
    }
}
