package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers Allocate (RFC 8656 section 7.2) as far as it can be without a socket; {@link AllocationOpening} takes over
 * where one is needed.
 */
final class AllocateHandler {
    private final AllocationOpening opening;
    private final LimitsInForce limits;
    private final TurnExtensions extensions;
    private final RelayChoice relays;

    AllocateHandler(TurnSettings settings, LimitsInForce limits, AllocationOpening opening) {
        this.opening = opening;
        this.limits = limits;
        this.extensions = settings.extensions();
        this.relays = new RelayChoice(settings.relays());
    }

    List<TurnEffect> handle(Exchange exchange, Identity owner, @Nullable Allocation existing, long nowNanos) {
        if (existing != null) {
            return repeat(existing, exchange, nowNanos);
        }
        return switch (check(exchange)) {
            case AllocateCheck.Refused(RefusalReason reason) -> exchange.refuse(reason);
            case AllocateCheck.Wanted wanted ->
                opening.begin(exchange, owner, wanted.atMost(owner.mostSeconds()), nowNanos);
        };
    }

    /**
     * Section 7.2, step 2, and the note on retransmissions: silence while the socket is being opened, then the same
     * answer.
     */
    private static List<TurnEffect> repeat(Allocation existing, Exchange exchange, long nowNanos) {
        if (existing.isAwaiting(exchange.request().transactionId())) {
            return List.of();
        }
        TurnEffect answer = existing.answerTo(exchange.request().transactionId(), nowNanos);
        return answer != null ? List.of(answer) : exchange.refuse(RefusalReason.ALLOCATION_EXISTS);
    }

    /** Steps 3 to 9 in the RFC's order; the step about an attribute we do not have was answered with 420 before. */
    private AllocateCheck check(Exchange exchange) {
        StunMessage request = exchange.request();
        RequestedTransport transport = request.find(RequestedTransport.class);
        if (transport == null) {
            return new AllocateCheck.Refused(RefusalReason.MISSING_ATTRIBUTE);
        }
        RefusalReason refusal = transportRefusal(exchange, transport.protocol());
        if (refusal != null) {
            return new AllocateCheck.Refused(refusal);
        }
        RefusalReason immobile = mobilityRefusal(request);
        if (immobile != null) {
            return new AllocateCheck.Refused(immobile);
        }
        PortWish port = portWish(request);
        if (port == null) {
            return new AllocateCheck.Refused(RefusalReason.CONFLICTING_ATTRIBUTES);
        }
        TransportAddress client = exchange.client().address();
        RequestedAddressFamily requested = request.find(RequestedAddressFamily.class);
        AdditionalAddressFamily additional = request.find(AdditionalAddressFamily.class);
        if (additional != null && (requested != null || additional.code() != AddressFamily.IPV6.stunCode())) {
            return new AllocateCheck.Refused(RefusalReason.CONFLICTING_ATTRIBUTES);
        }
        return additional == null ? oneRelay(request, client, port, requested) : twoRelays(request, client, port);
    }

    /** Step 4, and for TCP the checks of RFC 6062 section 5.1. */
    private @Nullable RefusalReason transportRefusal(Exchange exchange, int protocol) {
        if (protocol == RequestedTransport.UDP) {
            return null;
        }
        if (protocol != RequestedTransport.TCP || !extensions.hasTcpRelay()) {
            return RefusalReason.UNSUPPORTED_TRANSPORT;
        }
        StunMessage request = exchange.request();
        boolean unfit = !exchange.client().transport().isStream()
                || request.has(DontFragment.class)
                || request.has(EvenPort.class)
                || request.has(ReservationToken.class);
        return unfit ? RefusalReason.NOT_WITH_TCP : null;
    }

    /** RFC 8016 section 3.1.2; the connections of a TCP allocation cannot be taken along. */
    private @Nullable RefusalReason mobilityRefusal(StunMessage request) {
        MobilityTicket wish = request.find(MobilityTicket.class);
        if (wish == null || extensions.mobility() == null) {
            return null;
        }
        if (wish.ticket().length() != 0) {
            return RefusalReason.BAD_TICKET;
        }
        return isTcp(request) ? RefusalReason.MOBILITY_FORBIDDEN : null;
    }

    private boolean isMobile(StunMessage request) {
        return extensions.mobility() != null && request.has(MobilityTicket.class);
    }

    private static boolean isTcp(StunMessage request) {
        RequestedTransport transport = request.find(RequestedTransport.class);
        return transport != null && transport.protocol() == RequestedTransport.TCP;
    }

    /** Steps 6 and 8; null for attributes that must not come together. */
    private static @Nullable PortWish portWish(StunMessage request) {
        EvenPort even = request.find(EvenPort.class);
        ReservationToken token = request.find(ReservationToken.class);
        boolean twoFamilies = request.has(AdditionalAddressFamily.class);
        if (token != null) {
            boolean conflict = even != null || twoFamilies || request.has(RequestedAddressFamily.class);
            return conflict ? null : new PortWish.Held(token.value());
        }
        if (even == null) {
            return new PortWish.Any();
        }
        return even.reserve() && twoFamilies ? null : new PortWish.Even(even.reserve());
    }

    /** Step 7: IPv4 unless another family was asked for. */
    private AllocateCheck oneRelay(
            StunMessage request, TransportAddress client, PortWish port, @Nullable RequestedAddressFamily requested) {
        int code = requested == null ? AddressFamily.IPV4.stunCode() : requested.code();
        for (RelayAddress relay : relays.ofEachFamily(client)) {
            // A held port is of the family of its hold, which is known when it is claimed.
            if (relay.bind().family().stunCode() == code || port instanceof PortWish.Held) {
                return new AllocateCheck.Wanted(
                        List.of(relay), port, lifetimeSeconds(request), List.of(), isTcp(request), isMobile(request));
            }
        }
        return new AllocateCheck.Refused(RefusalReason.UNSUPPORTED_FAMILY);
    }

    /** Step 9: one of each family, or the one that can be had; at least one can, since there is a relay address. */
    private AllocateCheck twoRelays(StunMessage request, TransportAddress client, PortWish port) {
        List<Shortfall> shortfalls = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            if (relays.find(family, client) == null) {
                shortfalls.add(new Shortfall(family, RefusalReason.UNSUPPORTED_FAMILY));
            }
        }
        return new AllocateCheck.Wanted(
                relays.ofEachFamily(client),
                port,
                lifetimeSeconds(request),
                shortfalls,
                isTcp(request),
                isMobile(request));
    }

    private long lifetimeSeconds(StunMessage request) {
        Lifetime lifetime = request.find(Lifetime.class);
        return Lifetimes.grantedSeconds(
                lifetime == null ? 0 : lifetime.seconds(), limits.now().maxLifetime());
    }
}
