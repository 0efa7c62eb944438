package dev.parley.it.signaling;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.IceServers;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.transport.HubCounters;
import dev.parley.signaling.transport.MembershipListener;
import dev.parley.signaling.transport.NetworkLoops;
import dev.parley.signaling.transport.OriginPolicy;
import dev.parley.signaling.transport.SignalingServer;
import dev.parley.signaling.transport.SignalingSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A signaling server on a free port of the loopback interface, with the membership it reported. */
final class HubServer implements AutoCloseable {
    final HubCounters counters = new HubCounters();
    final AtomicInteger memberships = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    private final NetworkLoops loops;
    private final SignalingServer server;

    HubServer(HubLimits limits) throws IOException {
        this(limits, NetworkLoops.open(2));
    }

    HubServer(HubLimits limits, NetworkLoops loops) throws IOException {
        this.loops = loops;
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SignalingSettings settings = new SignalingSettings(List.of(listen), limits, OriginPolicy.SAME_ORIGIN);
        server = SignalingServer.start(
                settings, loops, new NoIceServers(), new Recorder(), counters, Admission.EVERYBODY, rooms -> List.of());
    }

    InetSocketAddress address() {
        return server.addresses().getFirst();
    }

    boolean drain(Duration atMost) {
        return server.drain(atMost);
    }

    /** Whether nothing is left of anybody. */
    boolean isEmpty() {
        return counters.sessions() + counters.rooms() + counters.members() == 0
                && counters.connections() == 0
                && memberships.get() == 0;
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }

    private final class Recorder implements MembershipListener {
        @Override
        public void entered(RoomName room, SessionId session, IpAddress remote) {
            memberships.incrementAndGet();
        }

        @Override
        public void moved(SessionId session, IpAddress remote) {}

        @Override
        public void departed(RoomName room, SessionId session) {
            memberships.decrementAndGet();
        }

        @Override
        public void ended(SessionId session) {
            ended.incrementAndGet();
        }
    }

    private static final class NoIceServers implements IceServers {
        @Override
        public List<IceServer> forMember(SessionId id) {
            return List.of();
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
