package dev.parley.signaling.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom a session was admitted, and what that gives it. Bound to the session, not to its connection.
 *
 * @param user null for somebody without a name
 * @param name shown to the others whatever the client says; null if the client chooses
 * @param grants the first that covers a room counts
 * @param allowance what it may use
 * @param lifetime from the moment the hub hears of it; null: no end
 * @param token what it can be revoked by
 */
public record Identity(
        @Nullable UserId user,
        @Nullable MemberName name,
        List<Grant> grants,
        Allowance allowance,
        @Nullable Duration lifetime,
        TokenMark token) {
    /** Anybody, who may join every room. */
    public static final Identity ANONYMOUS = new Identity(null, null, List.of(Grant.EVERYWHERE), Allowance.USUAL, null);

    public Identity {
        grants = List.copyOf(grants);
    }

    /** Of a token that says nothing of itself, or of none. */
    public Identity(
            @Nullable UserId user,
            @Nullable MemberName name,
            List<Grant> grants,
            Allowance allowance,
            @Nullable Duration lifetime) {
        this(user, name, grants, allowance, lifetime, TokenMark.NONE);
    }

    /** The same, of this token. */
    public Identity markedBy(TokenMark mark) {
        return new Identity(user, name, grants, allowance, lifetime, mark);
    }

    /** The same for another time. */
    public Identity lasting(@Nullable Duration newLifetime) {
        return new Identity(user, name, grants, allowance, newLifetime, token);
    }

    /** Null if it may not join this room. */
    public @Nullable Grant findGrant(RoomName room) {
        for (Grant grant : grants) {
            if (grant.covers(room)) {
                return grant;
            }
        }
        return null;
    }

    /** What the others see: a name that was vouched for counts. */
    Presence vouched(Presence claimed) {
        return name == null ? claimed : new Presence(name, claimed.metadata());
    }
}
