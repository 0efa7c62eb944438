package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.MemberNames;
import dev.parley.signaling.api.ApiName;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.transport.MembershipListener;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.loop.TurnNotices;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Joins hub and relay: what the hub knows of rooms and what the relay knows of allocations both go into the {@link
 * RoomScope}, and a member that has left its last room loses its allocations.
 */
final class RoomWatch implements MembershipListener, TurnNotices {
    private final RoomScope scope;
    private final Consumer<String> revocation;
    /** Where each session's WebSocket comes from; only on the hub's thread. */
    private final Map<SessionId, IpAddress> remoteBySession = new HashMap<>();

    private volatile boolean draining;

    /**
     * @param revocation takes the name whose allocations must end; may be called before the relay runs, when there
     * are none
     */
    RoomWatch(RoomScope scope, Consumer<String> revocation) {
        this.scope = scope;
        this.revocation = revocation;
    }

    /**
     * From now on nobody loses an allocation by leaving: the hub sends everybody away, and calls shall live until the
     * deadline.
     */
    void drain() {
        draining = true;
    }

    @Override
    public void entered(RoomName room, SessionId session, IpAddress remote) {
        String member = MemberNames.of(session.value());
        if (remoteBySession.putIfAbsent(session, remote) == null) {
            scope.seen(member, remote);
        }
        scope.entered(member, ApiName.tagOf(room));
    }

    @Override
    public void moved(SessionId session, IpAddress remote) {
        String member = MemberNames.of(session.value());
        IpAddress before = remoteBySession.put(session, remote);
        scope.seen(member, remote);
        if (before != null) {
            scope.unseen(member, before);
        }
    }

    @Override
    public void departed(RoomName room, SessionId session) {
        if (draining) {
            return;
        }
        String member = MemberNames.of(session.value());
        if (scope.departed(member, ApiName.tagOf(room))) {
            IpAddress remote = remoteBySession.remove(session);
            if (remote != null) {
                scope.unseen(member, remote);
            }
            revocation.accept(member);
        }
    }

    @Override
    public void ended(SessionId session) {
        // All departures have been told; nothing is kept about a session without rooms.
    }

    @Override
    public void allocationOpened(String name, TransportAddress client, TransportAddress relayed) {
        if (RoomScope.isScoped(name)) {
            scope.seen(name, client.ip());
        }
    }

    @Override
    public void allocationMoved(String name, TransportAddress from, TransportAddress to, TransportAddress relayed) {
        if (RoomScope.isScoped(name)) {
            scope.seen(name, to.ip());
            scope.unseen(name, from.ip());
        }
    }

    @Override
    public void allocationEnded(String name, TransportAddress client, TransportAddress relayed, EndReason reason) {
        if (RoomScope.isScoped(name)) {
            scope.unseen(name, client.ip());
        }
    }
}
