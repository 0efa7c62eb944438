package dev.parley.signaling.auth;

import dev.parley.signaling.core.Identity;

/** What became of an {@link Applicant}. */
public sealed interface Decision {

    /** It is let in, as this. */
    record Admitted(Identity identity) implements Decision {}

    /** It is not. The reason is for counters and logs; all applicants hear the same. */
    record Denied(DenyReason reason) implements Decision {}
}
