package dev.parley.signaling.api;

import java.time.Duration;

/** Users of the API whose credentials count no more: in whatever room, or in one if the name has one. Any thread. */
public interface ApiRevocations {
    /** Whether credentials of this user would not be accepted. */
    boolean isRevoked(ApiName user);

    /**
     * From now on none of the user's credentials counts, and allocations made with them end.
     *
     * @param atLeast how long it has to be remembered, until all have expired
     * @return whether it could be remembered; nothing has happened if not
     */
    boolean revoke(ApiName user, Duration atLeast);
}
