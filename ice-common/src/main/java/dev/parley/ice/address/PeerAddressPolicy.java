package dev.parley.ice.address;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decides which peer addresses a relay may talk to: the one place that does, called at every door and for every packet
 * that comes in. Immutable, so any thread may ask; deciding allocates nothing.
 *
 * <p>In this order: the operator's deny list refuses; an address with an IPv4 address inside is refused, whatever is
 * inside and whatever is allowed; a special-purpose range is refused unless the operator's allow list names it, that is
 * has an entry for the address at least as narrow as the range; for IPv6 only 2000::/3 may pass at all.
 */
public final class PeerAddressPolicy {
    private static final Cidr ALL_IPV4 = Cidr.parse("0.0.0.0/0");
    private static final Cidr ALL_IPV6 = Cidr.parse("::/0");
    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
    private static final PeerDecision GLOBAL = new PeerDecision.Allowed(PeerAddressClass.GLOBAL);
    private static final PeerDecision NAMED_BY_OPERATOR = new PeerDecision.Allowed(PeerAddressClass.OPERATOR_ALLOWED);
    private static final Map<PeerAddressClass, PeerDecision> EMBEDDED = embeddedForms();
    private static final CidrMap<PeerDecision> BY_DEFAULT = defaults();

    private final CidrMap<PeerDecision> operatorDenied;
    private final CidrSet operatorAllowed;
    private final EmbeddedIpv4 embedded;

    /**
     * @param allowed special-purpose ranges the operator wants to relay to
     * @param denied ranges the operator refuses on top of the default; they beat {@code allowed}
     * @param nat64Prefixes NAT64 prefixes of the operator's network (RFC 6052 section 2.2)
     */
    public PeerAddressPolicy(Collection<Cidr> allowed, Collection<Cidr> denied, Collection<Cidr> nat64Prefixes) {
        Map<Cidr, PeerDecision> deniedByRange = new LinkedHashMap<>();
        for (Cidr range : denied) {
            deniedByRange.put(range, denied(PeerAddressClass.OPERATOR_DENIED, range, "denied", "configuration"));
        }
        this.operatorDenied = new CidrMap<>(deniedByRange);
        this.operatorAllowed = CidrSet.of(allowed);
        this.embedded = new EmbeddedIpv4(nat64Prefixes);
    }

    /** The policy of a server whose operator said nothing. */
    public static PeerAddressPolicy byDefault() {
        return new PeerAddressPolicy(List.of(), List.of(), List.of());
    }

    public PeerDecision decide(IpAddress address) {
        PeerDecision refusal = operatorDenied.find(address);
        if (refusal != null) {
            return refusal;
        }
        PeerAddressClass form = embedded.findForm(address);
        if (form != null) {
            return Objects.requireNonNull(EMBEDDED.get(form), "every form is denied");
        }
        return switch (BY_DEFAULT.find(address)) {
            case PeerDecision.Denied special when isNamedByOperator(address, special.range()) -> NAMED_BY_OPERATOR;
            case null -> throw new IllegalStateException("the defaults cover both families");
            case PeerDecision decision -> decision;
        };
    }

    /** A wide entry such as 0.0.0.0/0 names no special-purpose range; 10.0.0.0/8 and 10.1.2.0/24 do. */
    private boolean isNamedByOperator(IpAddress address, Cidr special) {
        Cidr entry = operatorAllowed.findLongest(address);
        return entry != null && entry.prefixLength() >= special.prefixLength();
    }

    private static CidrMap<PeerDecision> defaults() {
        Map<Cidr, PeerDecision> byRange = new LinkedHashMap<>();
        byRange.put(ALL_IPV4, GLOBAL);
        byRange.put(ALL_IPV6, denied(PeerAddressClass.OUTSIDE_GLOBAL_UNICAST, ALL_IPV6, "not handed out"));
        byRange.put(GLOBAL_UNICAST, GLOBAL);
        SpecialPurposeRanges.ipv4().forEach(range -> byRange.put(range.range(), denied(range)));
        SpecialPurposeRanges.ipv6().forEach(range -> byRange.put(range.range(), denied(range)));
        return new CidrMap<>(byRange);
    }

    private static Map<PeerAddressClass, PeerDecision> embeddedForms() {
        Map<PeerAddressClass, PeerDecision> byForm = new EnumMap<>(PeerAddressClass.class);
        for (PeerAddressClass form : PeerAddressClass.values()) {
            if (form.embedsIpv4()) {
                byForm.put(form, denied(form, ALL_IPV6, "carries an IPv4 address"));
            }
        }
        return byForm;
    }

    private static PeerDecision denied(SpecialPurposeRange range) {
        return denied(PeerAddressClass.SPECIAL_PURPOSE, range.range(), range.purpose(), range.source());
    }

    private static PeerDecision denied(PeerAddressClass reason, Cidr range, String purpose) {
        return denied(reason, range, purpose, reason.source());
    }

    private static PeerDecision denied(PeerAddressClass reason, Cidr range, String purpose, String source) {
        return new PeerDecision.Denied(reason, range, purpose, source);
    }
}
