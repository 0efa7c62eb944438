package dev.parley.turn.core;

/** What {@link Authenticator} found out about the sender of a request. */
sealed interface Authentication {
    record Passed(Identity identity) implements Authentication {}

    record Failed(RefusalReason reason) implements Authentication {}
}
