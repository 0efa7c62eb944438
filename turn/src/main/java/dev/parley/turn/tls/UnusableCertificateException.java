package dev.parley.turn.tls;

/** A certificate or its key cannot be used; the message says which file and why, for the operator. */
public final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CertificateRefusal reason;
    private final boolean aboutKey;

    private UnusableCertificateException(CertificateRefusal reason, boolean aboutKey, String message) {
        super(message);
        this.reason = reason;
        this.aboutKey = aboutKey;
    }

    static UnusableCertificateException ofKey(CertificateRefusal reason, String message) {
        return new UnusableCertificateException(reason, true, message);
    }

    static UnusableCertificateException ofCertificate(CertificateRefusal reason, String message) {
        return new UnusableCertificateException(reason, false, message);
    }

    public CertificateRefusal reason() {
        return reason;
    }

    /** True if the file of the key is to blame, false if that of the certificate is. */
    public boolean isAboutKey() {
        return aboutKey;
    }
}
