package dev.parley.signaling.dialect;

import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import org.jspecify.annotations.Nullable;

/** What a client's text turned out to be. */
public sealed interface DecodeResult {

    /** A message of the protocol. */
    record Understood(ClientMessage message) implements DecodeResult {}

    /** No message of the protocol; {@code detail} says which field and what is wrong, without repeating its content. */
    record NotUnderstood(
            Refusal refusal, String detail, @Nullable Ref ref) implements DecodeResult {}
}
