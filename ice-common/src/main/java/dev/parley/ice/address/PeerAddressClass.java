package dev.parley.ice.address;

/** What kind of address a peer has, as far as relaying is concerned; the reason of every {@link PeerDecision}. */
public enum PeerAddressClass {
    /** An ordinary public address. */
    GLOBAL("global", "", false),
    /** In a special-purpose range that the operator named in the allow list. */
    OPERATOR_ALLOWED("operator-allowed", "", false),
    /** In the operator's deny list. */
    OPERATOR_DENIED("operator-denied", "", false),
    /** In one of the {@link SpecialPurposeRanges}. */
    SPECIAL_PURPOSE("special-purpose", "RFC 6890", false),
    /** IPv6 outside 2000::/3, the only part of the address space handed out for global unicast. */
    OUTSIDE_GLOBAL_UNICAST("outside-global-unicast", "RFC 4291 section 2.4", false),
    /** {@code ::a.b.c.d}. */
    IPV4_COMPATIBLE("ipv4-compatible", "RFC 4291 section 2.5.5.1", true),
    /** {@code ::ffff:a.b.c.d}. */
    IPV4_MAPPED("ipv4-mapped", "RFC 4291 section 2.5.5.2", true),
    /** {@code ::ffff:0:a.b.c.d}. */
    IPV4_TRANSLATED("ipv4-translated", "RFC 2765 section 2.1", true),
    /** {@code 64:ff9b::a.b.c.d}. */
    NAT64_WELL_KNOWN("nat64-well-known", "RFC 6052 section 2.1", true),
    /** In {@code 64:ff9b:1::/48}. */
    NAT64_LOCAL_USE("nat64-local-use", "RFC 8215", true),
    /** In a NAT64 prefix the operator told us about. */
    NAT64_OPERATOR("nat64-operator", "RFC 6052 section 2.2", true),
    /** {@code 2002:a.b.c.d::/48}. */
    SIX_TO_FOUR("6to4", "RFC 3056 section 2", true),
    /** In {@code 2001::/32}: a server's address, and a client's with every bit inverted. */
    TEREDO("teredo", "RFC 4380 section 4", true),
    /** Any prefix with the interface id {@code 0:5efe:a.b.c.d} or {@code 200:5efe:a.b.c.d}. */
    ISATAP("isatap", "RFC 5214 section 6.1", true);

    private final String label;
    private final String source;
    private final boolean embedsIpv4;

    PeerAddressClass(String label, String source, boolean embedsIpv4) {
        this.label = label;
        this.source = source;
        this.embedsIpv4 = embedsIpv4;
    }

    /** The word used in logs and as a metric label. */
    public String label() {
        return label;
    }

    /** The document that defines the class, or an empty text where it is the operator's own choice. */
    public String source() {
        return source;
    }

    /** Whether an address of this class carries an IPv4 address inside; such addresses are always denied. */
    public boolean embedsIpv4() {
        return embedsIpv4;
    }
}
