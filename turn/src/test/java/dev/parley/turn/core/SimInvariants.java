package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.equal;
import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.quota.SharedQuotas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** What must be true in a {@link SimWorld} after every event, whatever the event was. */
final class SimInvariants {
    private final SimScale scale;
    private final List<TurnServer> servers;
    private final SimSockets sockets;
    private final SimModel model;
    private final SharedQuotas quotas;
    private final SimReservations reservations;
    private final SimPeers peers;
    private final Set<PortHold> holds = new LinkedHashSet<>();

    SimInvariants(
            SimScale scale,
            List<TurnServer> servers,
            SimSockets sockets,
            SimModel model,
            SharedQuotas quotas,
            SimReservations reservations,
            SimPeers peers) {
        this.scale = scale;
        this.servers = servers;
        this.sockets = sockets;
        this.model = model;
        this.quotas = quotas;
        this.reservations = reservations;
        this.peers = peers;
    }

    /** The ports an allocation that was just granted holds for another. */
    void watchHoldsOf(StunMessage answer) {
        for (XorRelayedAddress relayed : answer.all(XorRelayedAddress.class)) {
            Relay relay = sockets.find(relayed.address());
            PortHold hold = relay == null ? null : relay.hold();
            if (hold != null) {
                holds.add(hold);
            }
        }
    }

    /** @param full also what takes a walk over everything */
    void check(boolean full) {
        int relays = sum(TurnServer::relayCount);
        equal(sockets.count(), relays, "sockets and relays");
        equal(quotas.total(), relays + holdsInPlaceOfRelays(), "quotas and what they count");
        equal(freePorts() + relays + sockets.pairs() + reservations.ports(), 3 * scale.ports(), "ports");
        if (full) {
            equal(model.relayCount(), sockets.liveCount(), "relays promised and live");
            require(
                    servers.stream()
                                    .mapToLong(TurnServer::nextDeadlineNanos)
                                    .min()
                                    .orElse(0)
                            <= model.nextExpiryNanos(),
                    "what was promised ends, and no timer is set for it",
                    null);
            sockets.openRelays().forEach(this::checkLimits);
            equal(sum(TurnServer::peerConnectionCount), peers.count(), "peer connections");
        }
    }

    /** A reservation outlives its relay, and counts in its stead. */
    private int holdsInPlaceOfRelays() {
        int inPlace = 0;
        holds.removeIf(hold -> !hold.equals(hold.relay().hold()));
        for (PortHold hold : holds) {
            inPlace += hold.relay().state() == Relay.State.ENDED ? 1 : 0;
        }
        return inPlace;
    }

    private void checkLimits(Relay relay) {
        Allocation allocation = relay.allocation();
        require(allocation.permissionCount() <= scale.limits().permissions(), "too many permissions", allocation);
        require(allocation.channels().size() <= scale.limits().channels(), "too many channels", allocation);
        require(allocation.peerCount() <= scale.limits().peers(), "too many peers", allocation);
        require(relay.routes().select(SimInvariants::hangsOnNothing).isEmpty(), "a forgotten route", relay);
    }

    private static boolean hangsOnNothing(PeerRoute route) {
        return route.channelNumber() == 0
                && route.relay().permissions().find(route.peer().ip()) == null;
    }

    /** After everything has expired. */
    void checkEmpty() {
        check(true);
        equal(sum(TurnServer::allocationCount), 0, "allocations left");
        equal(model.size(), 0, "promises left");
        equal(quotas.total(), 0, "quotas left");
        equal(quotas.users(), 0, "shares of bandwidth left");
        equal(model.clients(), 0, "5-tuples left");
        equal(peers.count(), 0, "peer connections left");
        equal(reservations.held(), 0, "ports still held");
        equal(freePorts() + reservations.ports(), 3 * scale.ports(), "ports back home");
    }

    private int freePorts() {
        return sum(TurnServer::freePorts);
    }

    private int sum(ToIntFunction<TurnServer> count) {
        int sum = 0;
        for (TurnServer server : servers) {
            sum += count.applyAsInt(server);
        }
        return sum;
    }
}
