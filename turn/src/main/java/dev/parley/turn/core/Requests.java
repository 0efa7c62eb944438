package dev.parley.turn.core;

import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunError;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.time.DeadlineQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes every request through the checks that are common to all (RFC 8489 section 6.3, RFC 8656 section 5) to its
 * method's handler.
 */
final class Requests {
    private final UnsupportedAttributes unsupported;
    private final UnsupportedAttributes unsupportedInDiscovery;
    private final Authenticator authenticator;
    private final Challenges challenges;
    private final Alternates alternates;
    private final AllocationOpening opening;
    private final AllocationTable table;
    private final Routes routes;
    private final BindingHandler binding;
    private final AllocateHandler allocate;
    private final RefreshHandler refresh;
    private final Moves moves;
    private final CreatePermissionHandler createPermission;
    private final ChannelBindHandler channelBind;
    private final boolean tcpRelay;
    private final boolean reasonPhrases;
    private final PeerConnections peerConnections;

    Requests(
            TurnSettings settings,
            LimitsInForce limits,
            Authenticator authenticator,
            Challenges challenges,
            Allocations allocations,
            AllocationOpening opening,
            Permissions permissions,
            RefreshHandler refresh,
            Moves moves,
            Routes routes,
            PeerConnections peerConnections,
            DeadlineQueue<Timed> deadlines) {
        this.unsupported = new UnsupportedAttributes(settings);
        this.unsupportedInDiscovery = new UnsupportedAttributes(settings, true);
        this.binding = new BindingHandler(settings);
        this.authenticator = authenticator;
        this.challenges = challenges;
        this.alternates = settings.extensions().alternates();
        this.opening = opening;
        this.table = allocations.table();
        this.routes = routes;
        this.tcpRelay = settings.extensions().hasTcpRelay();
        this.reasonPhrases = settings.extensions().reasonPhrases();
        this.peerConnections = peerConnections;
        allocate = new AllocateHandler(settings, limits, opening);
        this.refresh = refresh;
        this.moves = moves;
        createPermission = new CreatePermissionHandler(limits, permissions);
        channelBind = new ChannelBindHandler(limits, permissions, routes, deadlines);
    }

    /** What is no request to us, or of no method of ours, is dropped. Binding needs no credentials. */
    List<TurnEffect> handle(TurnEvent.Request event, long nowNanos) {
        StunMessage message = event.decoded().message();
        if (message.messageClass() != StunClass.REQUEST) {
            return List.of();
        }
        Exchange exchange = exchange(event.client(), message);
        return switch (message.method()) {
            case BINDING -> {
                List<Integer> unknown = (binding.discoversAt(event.client()) ? unsupportedInDiscovery : unsupported)
                        .of(event.decoded());
                yield unknown.isEmpty() ? binding.handle(exchange) : exchange.refuseUnknown(unknown);
            }
            case ALLOCATE, REFRESH, CREATE_PERMISSION, CHANNEL_BIND -> authenticate(event, exchange, nowNanos);
            case CONNECT, CONNECTION_BIND ->
                tcpRelay ? authenticate(event, exchange, nowNanos) : exchange.refuse(RefusalReason.UNSUPPORTED_METHOD);
            case SEND, DATA, CONNECTION_ATTEMPT -> exchange.refuse(RefusalReason.UNSUPPORTED_METHOD);
        };
    }

    List<TurnEffect> handle(TurnEvent.MalformedRequest event) {
        StunMessage header = event.malformed().header();
        return header == null ? List.of() : exchange(event.client(), header).refuse(RefusalReason.MALFORMED);
    }

    private Exchange exchange(ClientKey client, StunMessage request) {
        return new Exchange(client, request, alternates, reasonPhrases, null);
    }

    private List<TurnEffect> authenticate(TurnEvent.Request event, Exchange unsigned, long nowNanos) {
        Allocation here = table.findHereOrMoving(event.client());
        TicketClaim claim = moves.claimIn(unsigned.request());
        Allocation meant = claim instanceof TicketClaim.Names(Allocation named, int ignored) ? named : here;
        if (meant == null && unsigned.request().method() == StunMethod.CONNECTION_BIND) {
            meant = peerConnections.findOwnerIn(unsigned.request());
        }
        return switch (authenticator.authenticate(event, meant, nowNanos)) {
            case Authentication.Failed(RefusalReason reason) -> refuse(event, unsigned, reason);
            case Authentication.Passed(Identity identity) -> {
                Exchange exchange = unsigned.signedBy(identity);
                List<Integer> unknown = unsupported.of(event.decoded());
                yield unknown.isEmpty()
                        ? handle(exchange, identity, here, claim, nowNanos)
                        : exchange.refuseUnknown(unknown);
            }
        };
    }

    private List<TurnEffect> refuse(TurnEvent.Request event, Exchange unsigned, RefusalReason reason) {
        if (reason == RefusalReason.UNSIGNED && isSentAway(unsigned)) {
            return unsigned.refuse(RefusalReason.DRAINING);
        }
        StunError error = reason.error();
        boolean challenge = error == StunError.UNAUTHENTICATED || error == StunError.STALE_NONCE;
        return challenge
                ? unsigned.refuse(reason, challenges.answering(event).toArray(Attribute[]::new))
                : unsigned.refuse(reason);
    }

    /** Nobody has to prove who he is to be told of another server. */
    private boolean isSentAway(Exchange unsigned) {
        return opening.isDraining()
                && unsigned.request().method() == StunMethod.ALLOCATE
                && !alternates.attributesFor(unsigned.client(), null).isEmpty();
    }

    private List<TurnEffect> handle(
            Exchange exchange, Identity identity, @Nullable Allocation here, TicketClaim claim, long nowNanos) {
        return switch (claim) {
            case TicketClaim.Absent() -> handle(exchange, identity, here, nowNanos);
            case TicketClaim.Unfit(RefusalReason reason) -> {
                boolean isTaken = here != null && reason == RefusalReason.MOBILITY_FORBIDDEN;
                yield exchange.refuse(isTaken ? RefusalReason.ALLOCATION_EXISTS : reason);
            }
            case TicketClaim.Names named -> moves.refresh(exchange, identity, here, named, nowNanos);
        };
    }

    private List<TurnEffect> handle(
            Exchange exchange, Identity identity, @Nullable Allocation allocation, long nowNanos) {
        StunMethod method = exchange.request().method();
        if (method == StunMethod.ALLOCATE) {
            return allocate.handle(exchange, identity, allocation, nowNanos);
        }
        if (method == StunMethod.CONNECTION_BIND) {
            return peerConnections.bind(exchange, identity, allocation);
        }
        if (allocation == null || !allocation.isLive()) {
            return exchange.refuse(RefusalReason.NO_ALLOCATION);
        }
        if (!identity.mayContinueFor(allocation.owner())) {
            return exchange.refuse(RefusalReason.OTHER_USER);
        }
        allocation.renewOwner(identity);
        return switch (method) {
            case REFRESH -> refresh.handle(exchange, allocation, nowNanos);
            case CREATE_PERMISSION -> createPermission.handle(exchange, allocation, routes.rules(), nowNanos);
            case CHANNEL_BIND -> channelBind.handle(exchange, allocation, routes.rules(), nowNanos);
            case CONNECT -> peerConnections.connect(exchange, allocation, nowNanos);
            case BINDING, ALLOCATE, SEND, DATA, CONNECTION_BIND, CONNECTION_ATTEMPT ->
                throw new IllegalStateException("not a method on an allocation: " + method);
        };
    }
}
