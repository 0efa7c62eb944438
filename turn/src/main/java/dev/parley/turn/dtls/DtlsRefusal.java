package dev.parley.turn.dtls;

/** Which limit refused a client over DTLS that has returned its cookie. */
public enum DtlsRefusal {
    /** Handshakes under way of all clients together. */
    HANDSHAKES("handshakes"),
    /** Handshakes under way of one address. */
    HANDSHAKES_OF_ADDRESS("handshakes-of-address"),
    /** Established associations of all clients together. */
    ASSOCIATIONS("associations"),
    /** Established associations of one address. */
    ASSOCIATIONS_OF_ADDRESS("associations-of-address");

    private final String label;

    DtlsRefusal(String label) {
        this.label = label;
    }

    /** Metric label. */
    public String label() {
        return label;
    }
}
