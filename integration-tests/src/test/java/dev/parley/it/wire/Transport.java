package dev.parley.it.wire;

/** How bytes get to the server. */
public enum Transport {
    UDP,
    TCP,
    TLS,
    DTLS;

    public boolean isStream() {
        return this == TCP || this == TLS;
    }
}
