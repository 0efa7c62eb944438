package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.stun.StunError;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.AddressErrorCode;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers Allocate (RFC 8656 section 7.2) as far as it can be without a socket; {@link Allocations} takes over where
 * one is needed.
 */
final class AllocateHandler {
    private final Allocations allocations;
    private final Duration maxLifetime;
    private final Map<AddressFamily, RelayAddress> relays = new EnumMap<>(AddressFamily.class);

    AllocateHandler(TurnSettings settings, Allocations allocations) {
        this.allocations = allocations;
        this.maxLifetime = settings.limits().maxLifetime();
        settings.relays().forEach(relay -> relays.put(relay.bind().family(), relay));
    }

    List<TurnEffect> handle(Exchange exchange, Identity owner, @Nullable Allocation existing, long nowNanos) {
        if (existing != null) {
            return repeat(existing, exchange, nowNanos);
        }
        return switch (check(exchange.request())) {
            case AllocateCheck.Refused(RefusalReason reason) -> exchange.refuse(reason);
            case AllocateCheck.Wanted wanted -> allocations.begin(exchange, owner, wanted, nowNanos);
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
    private AllocateCheck check(StunMessage request) {
        RequestedTransport transport = request.find(RequestedTransport.class);
        if (transport == null) {
            return new AllocateCheck.Refused(RefusalReason.MISSING_ATTRIBUTE);
        }
        if (transport.protocol() != RequestedTransport.UDP) {
            return new AllocateCheck.Refused(RefusalReason.UNSUPPORTED_TRANSPORT);
        }
        PortWish port = portWish(request);
        if (port == null) {
            return new AllocateCheck.Refused(RefusalReason.CONFLICTING_ATTRIBUTES);
        }
        RequestedAddressFamily requested = request.find(RequestedAddressFamily.class);
        AdditionalAddressFamily additional = request.find(AdditionalAddressFamily.class);
        if (additional != null && (requested != null || additional.code() != AddressFamily.IPV6.stunCode())) {
            return new AllocateCheck.Refused(RefusalReason.CONFLICTING_ATTRIBUTES);
        }
        RelayAddress relay = findRelay(requested);
        if (relay == null) {
            return new AllocateCheck.Refused(RefusalReason.UNSUPPORTED_FAMILY);
        }
        return new AllocateCheck.Wanted(relay, port, lifetimeSeconds(request), notesAbout(additional));
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
    private @Nullable RelayAddress findRelay(@Nullable RequestedAddressFamily requested) {
        int code = requested == null ? AddressFamily.IPV4.stunCode() : requested.code();
        for (Map.Entry<AddressFamily, RelayAddress> relay : relays.entrySet()) {
            if (relay.getKey().stunCode() == code) {
                return relay.getValue();
            }
        }
        return null;
    }

    /**
     * Step 9: one allocation has one relayed address here, so the second family is always the part that cannot be
     * had.
     */
    private static List<Attribute> notesAbout(@Nullable AdditionalAddressFamily additional) {
        return additional == null
                ? List.of()
                : List.of(new AddressErrorCode(AddressFamily.IPV6, StunError.ADDRESS_FAMILY_NOT_SUPPORTED.code(), ""));
    }

    private long lifetimeSeconds(StunMessage request) {
        Lifetime lifetime = request.find(Lifetime.class);
        return Lifetimes.grantedSeconds(lifetime == null ? 0 : lifetime.seconds(), maxLifetime);
    }
}
