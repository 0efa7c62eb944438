package dev.parley.signaling.core.peerjs;

import dev.parley.signaling.core.JsonText;
import org.jspecify.annotations.Nullable;

/** What a PeerJS client says, in its WebSocket's address first and then in frames. */
public sealed interface PeerJsMessage {

    /** The query of the WebSocket's address; what was absent is empty. */
    record Register(String key, String id, String token) implements PeerJsMessage {}

    /** It is still there. */
    record Heartbeat() implements PeerJsMessage {}

    /** To be passed on. */
    record Relay(RelayType type, String to, @Nullable JsonText payload) implements PeerJsMessage {}

    /** It gives its id up. */
    record Deregister() implements PeerJsMessage {}

    /** Whatever the stock server drops in silence, and what it dies of. */
    record Meaningless() implements PeerJsMessage {}
}
