package dev.parley.signaling.core;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a newer token in the place of an older one, in a session that goes on. Only of the same user, and only if it
 * still gives all rooms the session is in or waits for; else nothing changes, and the older one counts until its
 * own end.
 */
final class Renewal {
    private final Memberships memberships;

    Renewal(Memberships memberships) {
        this.memberships = memberships;
    }

    Verdict renew(Session session, Identity renewed, @Nullable Ref ref, long nowNanos, List<HubEffect> effects) {
        boolean sameUser = Objects.equals(session.identity().user(), renewed.user());
        boolean keepsRooms = Stream.concat(session.roomsNow().stream(), session.awaitedNow().stream())
                .allMatch(room -> renewed.findGrant(room.name()) != null);
        if (!sameUser || !keepsRooms) {
            return new Verdict.Refused(Refusal.DENIED);
        }
        session.becomes(renewed, nowNanos);
        for (Room room : session.roomsNow()) {
            appoint(session, room, effects);
        }
        Sending.send(session, expires(session, ref, true, nowNanos), effects);
        return Verdict.DONE;
    }

    /** What the newer token says about a role counts at once; where it says nothing, the role stays as it is. */
    private void appoint(Session session, Room room, List<HubEffect> effects) {
        Member member = room.find(session.id);
        Grant grant = session.identity().findGrant(room.name());
        Role role = grant == null ? null : grant.role();
        if (member == null || role == null) {
            return;
        }
        member.appointed(true);
        if (member.role() != role) {
            member.become(role);
            Sending.send(room.all(), new ServerMessage.MemberUpdated(room.name(), member.view(), null), effects);
            if (role == Role.HOST) {
                Memberships.showWaiting(room, session, effects);
            }
            memberships.passOn(room, effects);
        }
    }

    /** Tells a session how long it lasts, if it ends. */
    static void tellExpiry(Session session, long nowNanos, List<HubEffect> effects) {
        if (session.expiresNanos() != Long.MAX_VALUE) {
            Sending.send(session, expires(session, null, false, nowNanos), effects);
        }
    }

    private static ServerMessage expires(Session session, @Nullable Ref ref, boolean asked, long nowNanos) {
        boolean ends = session.expiresNanos() != Long.MAX_VALUE;
        long seconds = ends ? TimeUnit.NANOSECONDS.toSeconds(session.expiresNanos() - nowNanos) : -1;
        return new ServerMessage.Expires(seconds, ref, asked);
    }
}
