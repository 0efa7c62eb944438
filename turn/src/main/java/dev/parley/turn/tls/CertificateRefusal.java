package dev.parley.turn.tls;

/** Why a certificate and its key cannot be used. */
public enum CertificateRefusal {
    /** The file is missing, cannot be read, or is too long to be what it should be. */
    UNREADABLE("unreadable"),
    /** The file holds no certificate, or something that only looks like one. */
    BAD_CERTIFICATE("bad-certificate"),
    /** The file holds no private key, or one of a kind or size that is not served. */
    BAD_KEY("bad-key"),
    /** The key is protected by a passphrase, which a server that restarts alone cannot type. */
    ENCRYPTED_KEY("encrypted-key"),
    /** The key is not that of the first certificate. */
    MISMATCH("mismatch"),
    /** The first certificate is past its last day. */
    EXPIRED("expired"),
    /** The first certificate is good only later. */
    NOT_YET_VALID("not-yet-valid");

    private final String label;

    CertificateRefusal(String label) {
        this.label = label;
    }

    /** Metric label and log word. */
    public String label() {
        return label;
    }
}
