package dev.parley.turn.tls;

import java.util.List;

/** What is spoken over TLS: protocols, suites and groups, in the names of the JDK. One place for streams and DTLS. */
public final class TlsPolicy {
    /** TLS 1.2 and 1.3; all that is older is refused (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Forward secrecy and authenticated encryption, nothing else; the order is the server's wish. */
    public static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Groups of the key exchange, as BoringSSL spells them. */
    static final List<String> GROUPS = List.of("X25519", "P-256", "P-384");

    /** The same as the JDK spells them. */
    static final List<String> JDK_GROUPS = List.of("x25519", "secp256r1", "secp384r1");

    /** Application protocols of the relay (RFC 7443); a client that offers none is served all the same. */
    public static final List<String> TURN_PROTOCOLS = List.of("stun.turn", "stun.nat-discovery");

    private TlsPolicy() {}
}
