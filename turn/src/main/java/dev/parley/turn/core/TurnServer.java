package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.stun.ClassicBinding;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.time.DeadlineQueue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A STUN and TURN server for one event loop (RFC 8656, RFC 8489), without sockets, clock or threads: {@link #handle}
 * is the control plane, the route methods are the data plane. Call it from one thread only, with a monotonic time
 * that starts near 0 and never goes back.
 */
public final class TurnServer {
    private final DeadlineQueue<Timed> deadlines = new DeadlineQueue<>();
    private final Allocations allocations;
    private final AllocationOpening opening;
    private final UnsupportedAttributes unsupported;
    private final boolean answersRfc3489;
    private final Routes routes;
    private final IcmpErrors icmpErrors;
    private final PeerConnections peerConnections;
    private final Requests requests;
    private final Moves moves;
    private final Expiry expiry;
    private final RulesReview rulesReview;
    private final LimitsInForce limits;

    /**
     * A server without allocations.
     *
     * @param nonces of this event loop alone
     * @param wallClock for the expiry of credentials and nonces only
     * @param random chooses relay ports, so it must be a SecureRandom outside of tests
     */
    public TurnServer(
            TurnSettings settings,
            PeerRules rules,
            Users users,
            Quotas quotas,
            Reservations reservations,
            NonceIssuer nonces,
            InstantSource wallClock,
            RandomGenerator random) {
        limits = new LimitsInForce(settings.limits());
        Permissions permissions = new Permissions(deadlines);
        Authenticator authenticator = new Authenticator(settings, users, nonces, wallClock);
        allocations = new Allocations(settings, quotas, reservations, random, deadlines);
        RefreshHandler refresh = new RefreshHandler(limits, allocations, deadlines);
        moves = new Moves(settings, allocations, refresh);
        opening = new AllocationOpening(limits, quotas, random, deadlines, allocations, moves);
        unsupported = new UnsupportedAttributes(settings);
        answersRfc3489 = settings.extensions().rfc3489();
        routes = new Routes(limits, rules);
        icmpErrors = new IcmpErrors(routes);
        Challenges challenges = new Challenges(settings, users, nonces, wallClock);
        peerConnections = new PeerConnections(settings, allocations.table(), routes, random, deadlines);
        requests = new Requests(
                settings,
                limits,
                authenticator,
                challenges,
                allocations,
                opening,
                permissions,
                refresh,
                moves,
                routes,
                peerConnections,
                deadlines);
        expiry = new Expiry(deadlines, allocations, permissions, peerConnections);
        rulesReview = new RulesReview(allocations, permissions, expiry);
    }

    /** What the event means, all of it; what has run out of time by now is ended first. */
    public List<TurnEffect> handle(TurnEvent event, long nowNanos) {
        List<TurnEffect> ended = expiry.run(nowNanos);
        List<TurnEffect> caused = dispatch(event, nowNanos);
        if (ended.isEmpty()) {
            return caused;
        }
        List<TurnEffect> effects = new ArrayList<>(ended);
        effects.addAll(caused);
        return effects;
    }

    /** When to send the next TimerFired at the latest; Long.MAX_VALUE when nothing can expire. */
    public long nextDeadlineNanos() {
        return deadlines.peekNanos();
    }

    /** Allocations of any state; for gauges and tests. */
    public int allocationCount() {
        return allocations.table().size();
    }

    /** Relayed addresses of any state, of which an allocation has one or two; for gauges and tests. */
    public int relayCount() {
        return allocations.table().relayCount();
    }

    /** Connections between relayed addresses and peers (RFC 6062) of any state; for gauges and tests. */
    public int peerConnectionCount() {
        return peerConnections.size();
    }

    /** Relay ports of this event loop nobody holds, of all families; for gauges and tests. */
    public int freePorts() {
        return allocations.ports().free();
    }

    /**
     * The live allocation of a client, or null. No object is made.
     *
     * @param low the IPv4 address, or the last 64 bits of the IPv6 address, as in {@link TransportAddress}
     */
    public @Nullable Allocation findAllocation(AddressFamily family, long high, long low, int port, int listener) {
        Allocation allocation = allocations.table().find(family, high, low, port, listener);
        return allocation != null && allocation.isLive() ? allocation : null;
    }

    public @Nullable Allocation findAllocation(ClientKey client) {
        TransportAddress address = client.address();
        return findAllocation(address.family(), address.high(), address.low(), address.port(), client.listener());
    }

    /**
     * Whether the client of an allocation here has shown its ticket from this 5-tuple and sent no data from there yet;
     * the first is to be told as ClientMoves, and belongs to the allocation then. No object is made.
     */
    public boolean isMovingTo(AddressFamily family, long high, long low, int port, int listener) {
        return allocations.table().isMovingTo(family, high, low, port, listener);
    }

    /** Whether a live allocation has this 5-tuple, or is moving there. */
    public boolean isClient(ClientKey client) {
        Allocation allocation = allocations.table().findHereOrMoving(client);
        return allocation != null && allocation.isLive();
    }

    /**
     * The event loop of this process that a ticket in the request names, whoever sent it (RFC 8016), or this one.
     *
     * @param thisLoop number of this event loop
     */
    public int homeOf(StunMessage request, int thisLoop) {
        return moves.homeOf(request, thisLoop);
    }

    /** Where ChannelData from the client goes, or null to drop it. No object is made. */
    public @Nullable PeerRoute routeFromClient(Allocation client, int channelNumber, long nowNanos) {
        return routes.fromChannel(client, channelNumber, nowNanos);
    }

    /**
     * Where the payload of a Send indication to this peer goes, or null to drop it. Only the first to a peer makes an
     * object.
     */
    public @Nullable PeerRoute routeFromSend(Allocation client, TransportAddress peer, long nowNanos) {
        return routes.fromSend(client, peer, nowNanos);
    }

    /**
     * As above, with the checks of RFC 8656 section 11.2 on the message; a route means that it has a DATA attribute,
     * and that DONT-FRAGMENT, if the message has that too, can be heeded.
     */
    public @Nullable PeerRoute routeFromSend(Allocation client, DecodeResult.Decoded indication, long nowNanos) {
        StunMessage message = indication.message();
        XorPeerAddress peer = message.find(XorPeerAddress.class);
        boolean complete = peer != null && message.has(Data.class);
        if (peer == null || !complete || !unsupported.isFree(indication)) {
            return routes.drop(DropReason.BAD_INDICATION);
        }
        return routes.fromSend(client, peer.address(), nowNanos);
    }

    /**
     * How a datagram that arrived at a relay socket goes to the client (as ChannelData if the route has a channel,
     * else as a Data indication), or null to drop it. Only the first from a permitted peer makes an object.
     *
     * @param relay what OpenRelay named
     */
    public @Nullable PeerRoute routeFromPeer(
            Relay relay, AddressFamily family, long high, long low, int port, long nowNanos) {
        return family == relay.family()
                ? routes.fromPeer(relay, high, low, port, false, nowNanos)
                : routes.drop(DropReason.PEER_FAMILY);
    }

    public @Nullable PeerRoute routeFromPeer(Relay relay, TransportAddress peer, long nowNanos) {
        return routeFromPeer(relay, peer.family(), peer.high(), peer.low(), peer.port(), nowNanos);
    }

    /**
     * The same for a payload another allocation of this process sent, over a route that {@link PeerRoute#isHairpin is
     * a hairpin}. What is delivered goes to the client and is never relayed again.
     *
     * @param relayed the address it was sent to
     * @param sender the sender's relayed address
     */
    public @Nullable PeerRoute routeFromHairpin(TransportAddress relayed, TransportAddress sender, long nowNanos) {
        Relay receiver = allocations.table().findByRelayed(relayed);
        if (receiver == null || sender.family() != receiver.family()) {
            return routes.drop(DropReason.NO_ALLOCATION);
        }
        return routes.fromPeer(receiver, sender.high(), sender.low(), sender.port(), true, nowNanos);
    }

    /**
     * What an ICMP error about a datagram of this relay tells its client (RFC 8656 section 11.5), or null to drop it:
     * because of its type, because the peer has no permission or is denied, or because there were too many.
     *
     * @param peer where the datagram was sent, from its own header inside the error; the port is 0 if the system does
     *     not tell it
     * @param icmpType of ICMP or ICMPv6, by the family of the relay
     * @param data the MTU of the next hop in bytes, for "too big" messages; otherwise ignored
     */
    public @Nullable IcmpIndication indicationFromIcmp(
            Relay relay, TransportAddress peer, int icmpType, int code, long data, long nowNanos) {
        return icmpErrors.indication(relay, peer, icmpType, code, data, nowNanos);
    }

    /** Why the last route or indication method returned null. */
    public DropReason lastDropReason() {
        return routes.lastDrop();
    }

    /** Whether Binding requests of RFC 3489, without magic cookie, are to be given to {@link #handle}. */
    public boolean answersRfc3489() {
        return answersRfc3489;
    }

    private List<TurnEffect> dispatch(TurnEvent event, long nowNanos) {
        return switch (event) {
            case TurnEvent.Request request -> requests.handle(request, nowNanos);
            case TurnEvent.MalformedRequest malformed -> requests.handle(malformed);
            case TurnEvent.ClassicRequest(ClientKey client, ClassicBinding request) ->
                List.of(new TurnEffect.ClassicReply(client, request));
            case TurnEvent.RelayOpened(long id) -> opening.opened(id, nowNanos);
            case TurnEvent.RelayRefused(long id) -> opening.refused(id, nowNanos);
            case TurnEvent.RelayLost(long id) -> opening.lost(id, nowNanos);
            case TurnEvent.ClientGone(ClientKey client) -> moves.clientGone(client);
            case TurnEvent.ClientMoves(ClientKey client) -> moves.dataCame(client);
            case TurnEvent.PeerConnected(int id) -> peerConnections.connected(id, nowNanos);
            case TurnEvent.PeerFailed(int id) -> peerConnections.failed(id);
            case TurnEvent.PeerArrived(Relay relay, TransportAddress peer, long arrival) ->
                peerConnections.arrived(relay, peer, arrival, nowNanos);
            case TurnEvent.PeerClosed(int id) -> peerConnections.closed(id);
            case TurnEvent.TimerFired() -> List.of();
            case TurnEvent.Revoked(String name) -> allocations.revoke(name);
            case TurnEvent.RulesChanged(PeerRules rules) -> {
                routes.decideBy(rules);
                List<TurnEffect> effects = new ArrayList<>(rulesReview.run(rules));
                effects.addAll(peerConnections.review(rules));
                yield effects;
            }
            case TurnEvent.LimitsChanged(TurnLimits newLimits) -> {
                limits.change(newLimits);
                yield List.of();
            }
            case TurnEvent.DrainStarted() -> {
                opening.startDraining();
                yield List.of();
            }
        };
    }
}
