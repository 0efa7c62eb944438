package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.testing.SeededGenerator;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the servers of a {@link SimWorld} want done: tells sockets, peers and model, and compares answers with them. */
final class SimEffects {
    /** What RFC 8656, RFC 8489, RFC 8016 and RFC 6062 let these methods answer. */
    private static final Set<Integer> CODES =
            Set.of(300, 400, 401, 403, 405, 420, 437, 438, 440, 441, 442, 443, 446, 447, 486, 508);

    private final SeededGenerator seeded;
    private final SimWorld world;
    private final SimSockets sockets;
    private final SimPeers peers;
    private final SimInvariants invariants;
    private final Map<TransactionId, SimClient.Datagram> requestById;
    private final ArrayDeque<SimClient.Datagram> challenged;
    private SimClient.@Nullable Datagram inHand;
    private int moved;

    /**
     * For one world.
     *
     * @param requestById every request ever made
     * @param challenged gets the requests that were answered with a nonce
     */
    SimEffects(
            SeededGenerator seeded,
            SimWorld world,
            SimSockets sockets,
            SimPeers peers,
            SimInvariants invariants,
            Map<TransactionId, SimClient.Datagram> requestById,
            ArrayDeque<SimClient.Datagram> challenged) {
        this.seeded = seeded;
        this.world = world;
        this.sockets = sockets;
        this.peers = peers;
        this.invariants = invariants;
        this.requestById = requestById;
        this.challenged = challenged;
    }

    /** The request that a server is about to get; null when it has been worked on. */
    void take(SimClient.@Nullable Datagram request) {
        inHand = request;
    }

    /** Does it, as far as the world has it. */
    void run(TurnEffect effect) {
        switch (effect) {
            case TurnEffect.OpenRelay(Relay relay, TransportAddress bind) -> {
                require(!world.isDraining() || relay.attempts() > 1, "a new relay while draining", relay);
                sockets.ask(relay, bind);
            }
            case TurnEffect.CloseRelay(Relay relay) -> {
                sockets.close(relay);
                peers.closeAllOf(relay);
            }
            case TurnEffect.AllocationOpened opened -> sockets.live(opened.relayed());
            case TurnEffect.AllocationEnded ended -> {
                sockets.ended(ended.relayed());
                world.model().ended(ended.relayed(), ended.reason(), world.nowNanos());
            }
            case TurnEffect.ChannelBound ignored -> {}
            case TurnEffect.ChannelUnbound(PeerRoute route, int number) ->
                world.model().unbound(route.relay().relayed(), number);
            case TurnEffect.Refused ignored -> {}
            case TurnEffect.ConnectPeer(Relay relay, int id, TransportAddress peer) ->
                peers.connect(relay, id, peer, world.rules());
            case TurnEffect.TakePeer(Relay relay, long _, int id) ->
                peers.take(relay, id, world.rules(), world.nowNanos());
            case TurnEffect.RefusePeer ignored -> peers.refuse();
            case TurnEffect.JoinPeer(int id, ClientKey client) -> peers.join(id, identityOf(client));
            case TurnEffect.ClosePeer(int id) -> peers.close(id);
            case TurnEffect.ClientArrived(ClientKey client) -> world.model().arrived(client, ticketInHand());
            case TurnEffect.ClientMoved(Allocation allocation, ClientKey _, ClientKey to) -> moved(allocation, to);
            case TurnEffect.ClientLost(Allocation allocation) -> world.model().lost(relayedOf(allocation));
            case TurnEffect.ClientLeft(ClientKey client) -> world.model().left(client);
            case TurnEffect.ClassicReply ignored -> {}
            case TurnEffect.Reply reply -> answered(reply);
        }
    }

    private void moved(Allocation allocation, ClientKey to) {
        moved++;
        world.model().moved(relayedOf(allocation), to);
    }

    int moved() {
        return moved;
    }

    private static TransportAddress relayedOf(Allocation allocation) {
        return allocation.relays().getFirst().relayed();
    }

    private TestClient identityOf(ClientKey key) {
        SimClient.Datagram request = inHand;
        if (request == null || !request.client().key().equals(key)) {
            throw new AssertionError("nobody asked: " + key);
        }
        return request.client().identity;
    }

    private Bytes ticketInHand() {
        MobilityTicket ticket = inHand == null ? null : inHand.message().find(MobilityTicket.class);
        if (ticket == null) {
            throw new AssertionError("nobody showed a ticket");
        }
        return ticket.ticket();
    }

    private void answered(TurnEffect.Reply reply) {
        StunMessage answer = reply.message();
        if (answer.method() == StunMethod.CONNECTION_ATTEMPT) {
            peers.told(reply.client(), answer);
            return;
        }
        SimClient.Datagram request = requestById.get(answer.transactionId());
        if (request == null || answer.method() != request.message().method()) {
            throw new AssertionError("an answer to nothing: " + reply);
        }
        require(reply.client().equals(request.client().key()), "an answer to somebody else", reply);
        List<ErrorCode> codes = answer.all(ErrorCode.class);
        require(codes.size() == (reply.refusal() == null ? 0 : 1), "not one ERROR-CODE", reply);
        if (codes.isEmpty()) {
            granted(request, answer);
        } else {
            require(CODES.contains(codes.getFirst().code()), "a code the RFC has not", reply);
        }
        if (seeded.chance(90)) { // else the answer is lost
            request.client().receive(answer);
            if (answer.has(Nonce.class)) {
                challenged.add(request);
            }
        }
    }

    private void granted(SimClient.Datagram request, StunMessage answer) {
        ClientKey client = request.client().key();
        switch (answer.method()) {
            case ALLOCATE -> {
                world.model().allocated(client, request.message(), answer, world.nowNanos());
                invariants.watchHoldsOf(answer);
            }
            case REFRESH -> {
                MobilityTicket shown = request.message().find(MobilityTicket.class);
                if (shown == null) {
                    world.model().refreshed(client, request.message(), answer, world.nowNanos());
                } else {
                    world.model().resumed(client, shown.ticket(), request.message(), answer, world.nowNanos());
                }
            }
            case CREATE_PERMISSION -> world.model().permitted(client, request.message(), world.nowNanos());
            case CHANNEL_BIND -> world.model().bound(client, request.message(), world.nowNanos());
            case CONNECT -> peers.told(client, answer);
            case CONNECTION_BIND -> {} // JoinPeer says the same
            case BINDING, SEND, DATA, CONNECTION_ATTEMPT ->
                throw new AssertionError("nobody asked for this: " + answer);
        }
    }
}
