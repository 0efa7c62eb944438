package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.Stamp;
import org.jspecify.annotations.Nullable;

/** What a client's text turned out to be. */
public sealed interface DecodeResult {

    /** Begins a session. */
    record Hello(
            @Nullable BearerToken token,
            @Nullable RoomName room,
            @Nullable Ref ref) implements DecodeResult {}

    /** Brings a newer token within a session. */
    record Refresh(
            Stamp stamp,
            BearerToken token,
            @Nullable RoomName room,
            @Nullable Ref ref) implements DecodeResult {}

    /** Continues a session; {@code received} is the number of the last message the client has. */
    record Resume(ResumeKey key, long received, @Nullable Ref ref) implements DecodeResult {}

    /**
     * Ends a session in order.
     *
     * @param key what the session's requests are known by, for a request that cannot say so otherwise
     */
    record Bye(Stamp stamp, @Nullable String key, @Nullable Ref ref) implements DecodeResult {}

    /** A message within a session. */
    record Understood(Stamp stamp, ClientMessage message) implements DecodeResult {}

    /** No message of the protocol; {@code detail} says which field and what is wrong, without repeating its content. */
    record NotUnderstood(
            Stamp stamp,
            Refusal refusal,
            String detail,
            @Nullable Ref ref) implements DecodeResult {}
}
