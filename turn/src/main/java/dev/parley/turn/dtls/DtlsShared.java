package dev.parley.turn.dtls;

import dev.parley.turn.tls.KeyMaterial;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** What the DTLS listeners of all event loops have in common: keys, limits, counts. Any thread. */
public final class DtlsShared {
    private final Supplier<KeyMaterial> material;
    private final DtlsLimits limits;
    private final SecureRandom random;
    private final CookieKeys cookieKeys;
    private final SourceCount handshakes;
    private final SourceCount associations;

    /**
     * For one process.
     *
     * @param material the certificate of each new handshake
     */
    public DtlsShared(Supplier<KeyMaterial> material, DtlsLimits limits, SecureRandom random) {
        this.material = material;
        this.limits = limits;
        this.random = random;
        this.cookieKeys = new CookieKeys(random);
        this.handshakes = new SourceCount(limits.handshakes(), limits.handshakesPerSource());
        this.associations = new SourceCount(limits.associations(), limits.associationsPerSource());
    }

    KeyMaterial material() {
        return material.get();
    }

    DtlsLimits limits() {
        return limits;
    }

    SecureRandom random() {
        return random;
    }

    CookieKeys cookieKeys() {
        return cookieKeys;
    }

    /** Handshakes under way. */
    SourceCount handshakes() {
        return handshakes;
    }

    /** Established associations. */
    SourceCount associations() {
        return associations;
    }
}
