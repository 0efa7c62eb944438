package dev.parley.turn.dtls;

import dev.parley.turn.tls.KeyMaterial;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What the DTLS listeners of all event loops have in common: keys, limits, counts. Any thread. */
public final class DtlsShared {
    private final Supplier<KeyMaterial> material;
    private final DtlsLimits limits;
    private final SecureRandom random;
    private final CookieKeys cookieKeys;
    private final SourceCount handshakes;
    private final SourceCount associations;
    private final LongAdder handshakesCompleted = new LongAdder();
    private final LongAdder handshakesFailed = new LongAdder();

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

    /** Handshakes that are under way now. */
    public long handshakesLive() {
        return handshakes.total();
    }

    /** Associations that live now. */
    public long associationsLive() {
        return associations.total();
    }

    /** Handshakes that led to an association. */
    public long handshakesCompleted() {
        return handshakesCompleted.sum();
    }

    /** Handshakes that failed, were given up by the client or ran out of time. */
    public long handshakesFailed() {
        return handshakesFailed.sum();
    }

    /** Clients turned away because of the limit. */
    public long refusals(DtlsRefusal limit) {
        return switch (limit) {
            case HANDSHAKES -> handshakes.refusedInTotal();
            case HANDSHAKES_OF_ADDRESS -> handshakes.refusedOfSource();
            case ASSOCIATIONS -> associations.refusedInTotal();
            case ASSOCIATIONS_OF_ADDRESS -> associations.refusedOfSource();
        };
    }

    void handshakeEnded(boolean completed) {
        (completed ? handshakesCompleted : handshakesFailed).increment();
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
