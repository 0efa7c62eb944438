package dev.parley.signaling.core.peerjs;

import dev.parley.signaling.core.JsonText;
import org.jspecify.annotations.Nullable;

/** What a PeerJS client is told. */
public sealed interface PeerJsAnswer {

    /** The id is the client's. */
    record Open() implements PeerJsAnswer {}

    /** Somebody else has the id; the connection is closed. */
    record IdTaken() implements PeerJsAnswer {}

    /** Not admitted; the connection is closed. */
    record Refusal(PeerJsError error) implements PeerJsAnswer {}

    /** From another peer, or in its name: {@code src} is stamped by the server. */
    record Relayed(
            RelayType type,
            String src,
            String dst,
            @Nullable JsonText payload) implements PeerJsAnswer {

        int characters() {
            return payload == null ? 0 : payload.text().length();
        }
    }
}
