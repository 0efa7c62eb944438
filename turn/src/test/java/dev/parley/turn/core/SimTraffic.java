package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/** Packets of a {@link SimWorld}: each way the servers find, or do not find, is compared with model and rules. */
final class SimTraffic {
    private final SimWorld world;
    private final SimBandwidth bandwidth;
    private int delivered;

    SimTraffic(SimWorld world, SimBandwidth bandwidth) {
        this.world = world;
        this.bandwidth = bandwidth;
    }

    /** Packets that reached somebody. */
    int delivered() {
        return delivered;
    }

    void channelData(SimClient client, int number) {
        world.dataComesFrom(client);
        Allocation allocation = findAllocation(client);
        if (allocation != null) {
            TransportAddress peer = world.model().findChannel(client.key(), number, world.nowNanos());
            PeerRoute route = world.serverOf(client).routeFromClient(allocation, number, world.nowNanos());
            require(peer != null || route == null, "a channel nobody bound", number);
            outbound(client, peer, route, true);
        }
    }

    void send(SimClient client, TransportAddress peer) {
        world.dataComesFrom(client);
        Allocation allocation = findAllocation(client);
        if (allocation != null) {
            outbound(client, peer, world.serverOf(client).routeFromSend(allocation, peer, world.nowNanos()), false);
        }
    }

    void fromPeer(SimClient client, TransportAddress peer) {
        Allocation allocation = findAllocation(client);
        Relay relay = allocation == null ? null : allocation.findRelay(peer.family());
        if (relay != null) {
            PeerRoute route = world.serverOf(client).routeFromPeer(relay, peer, world.nowNanos());
            boolean expected = world.model().isPermitted(client.key(), peer, world.nowNanos())
                    && world.rules().decide(relay, peer) == PeerVerdict.ADMITTED;
            verify(client, peer, route, expected, false);
            deliver(route);
        }
    }

    void icmp(SimClient client, TransportAddress peer, int type) {
        Allocation allocation = findAllocation(client);
        Relay relay = allocation == null ? null : allocation.findRelay(peer.family());
        if (relay != null
                && world.serverOf(client).indicationFromIcmp(relay, peer, type, 0, 0, world.nowNanos()) != null) {
            require(
                    world.model().isPermitted(client.key(), peer, world.nowNanos()),
                    "an ICMP error without permission",
                    null);
            boolean reachable = peer.port() == 0 // the system did not tell
                    ? !world.rules().deniesEveryPort(peer.ip())
                    : world.rules().decide(relay, peer) == PeerVerdict.ADMITTED;
            require(reachable, "an ICMP error of a denied peer", null);
        }
    }

    private void outbound(
            SimClient client, @Nullable TransportAddress peer, @Nullable PeerRoute route, boolean hasChannel) {
        Allocation allocation = findAllocation(client);
        Relay relay = peer == null || allocation == null ? null : allocation.findRelay(peer.family());
        if (peer == null || relay == null) {
            require(route == null, "a route without a relay", route);
            return;
        }
        boolean permitted = world.model().isPermitted(client.key(), peer, world.nowNanos());
        if (route != null && route.isHairpin() && !world.sockets().isLive(peer)) {
            // Nobody is there any more; the hand-over finds that out.
            require(permitted, "a dead hairpin without permission", route);
            return;
        }
        verify(
                client,
                peer,
                route,
                permitted && world.rules().decide(relay, peer).admits(),
                hasChannel);
        if (route != null && route.isHairpin()) {
            hairpin(route);
        } else {
            deliver(route);
        }
    }

    /** A route exactly if the model and the rules of this moment allow one; limits on peers may refuse more. */
    private void verify(
            SimClient client, TransportAddress peer, @Nullable PeerRoute route, boolean expected, boolean hasChannel) {
        if (route == null) {
            DropReason drop = world.serverOf(client).lastDropReason();
            require(!expected || (drop == DropReason.PEER_LIMIT && !hasChannel), "no route", drop);
            return;
        }
        require(expected, "a route that must not be", route);
        require(route.peer().equals(peer), "a route to somebody else", route);
        require(route.allocation().client().equals(client.key()), "a route of somebody else", route);
        require(route.relay().family() == peer.family(), "a route of the other family", route);
        int number = route.channelNumber();
        TransportAddress bound = number == 0 ? null : world.model().findChannel(client.key(), number, world.nowNanos());
        require(number == 0 || bound == null || bound.equals(peer), "the channel of another peer", route);
    }

    /** The hand-over: delivered once, and only to a live relay whose own permission allows the sender. */
    private void hairpin(PeerRoute route) {
        Relay receiver = world.sockets().find(route.peer());
        if (receiver == null) {
            throw new AssertionError("a hairpin to nobody: " + route);
        }
        TransportAddress sender = route.relay().relayed();
        SimClient client = world.clientOf(receiver);
        PeerRoute back = world.serverOf(client).routeFromHairpin(route.peer(), sender, world.nowNanos());
        boolean expected = world.model().isPermittedAt(receiver.relayed(), sender, world.nowNanos())
                && world.rules().decide(receiver, sender) == PeerVerdict.HAIRPIN;
        verify(client, sender, back, expected, false);
        deliver(back);
    }

    private void deliver(@Nullable PeerRoute route) {
        if (route != null) {
            delivered++;
            bandwidth.offer(route.allocation(), world.someLength(), world.nowNanos());
        }
    }

    private @Nullable Allocation findAllocation(SimClient client) {
        Allocation allocation = world.serverOf(client).findAllocation(client.key());
        require(
                (allocation != null) == world.model().has(client.key()),
                "server and client disagree about",
                client.key());
        return allocation;
    }
}
