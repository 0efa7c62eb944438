package dev.parley.turn.dtls;

import org.jspecify.annotations.Nullable;

/** One 5-tuple: its established association, and the handshake that may replace it (RFC 6347 section 4.2.8). */
final class DtlsClient {
    private @Nullable DtlsPath live;
    private @Nullable Handshake pending;

    /** The way back over the established association. */
    @Nullable
    DtlsPath live() {
        return live;
    }

    void establish(@Nullable DtlsPath path) {
        live = path;
    }

    @Nullable
    Handshake pending() {
        return pending;
    }

    void attempt(@Nullable Handshake handshake) {
        pending = handshake;
    }

    boolean isEmpty() {
        return live == null && pending == null;
    }
}
