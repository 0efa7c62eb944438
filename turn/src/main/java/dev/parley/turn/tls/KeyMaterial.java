package dev.parley.turn.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate chain and the private key of its first certificate; they fit each other.
 *
 * @param chain the server's certificate first
 */
public record KeyMaterial(List<X509Certificate> chain, PrivateKey privateKey) {
    public KeyMaterial {
        chain = List.copyOf(chain);
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The moment the first certificate of the chain ends being valid. */
    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /** The serial number as certificate tools print it. */
    public String serial() {
        return certificate().getSerialNumber().toString(16);
    }

    @Override
    public String toString() {
        return "KeyMaterial[serial=" + serial() + "]";
    }
}
