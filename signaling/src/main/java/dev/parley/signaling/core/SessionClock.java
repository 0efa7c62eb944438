package dev.parley.signaling.core;

import java.time.Duration;

/** Knows when something is due for a session: a ping, its loss, its time without a room, or fresh ICE servers. */
final class SessionClock {

    /** What a tick found due; at most one thing, the next tick finds the next. */
    enum Due {
        /** What it was admitted with has ended. */
        EXPIRED,
        NOTHING,
        PING,
        RENEW,
        SILENT,
        NO_ROOM,
        /** Nobody came to continue it. */
        OVER
    }

    private final long heartbeatNanos;
    private final long silenceNanos;
    private final long roomlessNanos;
    private final long renewNanos;
    private final long resumeNanos;

    SessionClock(HubLimits limits, Duration iceServersHalfLife) {
        this.heartbeatNanos = limits.nanos(HubLimit.HEARTBEAT_SECONDS);
        this.silenceNanos = limits.nanos(HubLimit.SILENCE_SECONDS);
        this.roomlessNanos = limits.nanos(HubLimit.JOIN_SECONDS);
        this.renewNanos = iceServersHalfLife.toNanos();
        this.resumeNanos = limits.nanos(HubLimit.RESUME_SECONDS);
    }

    /**
     * The earliest moment at which a tick may find something. Being heard only moves it later, so that need not
     * touch the queue: the tick that comes too early finds nothing. Joining and leaving can move it earlier.
     */
    long nextDeadlineNanos(Session session) {
        return Math.min(session.expiresNanos(), nextSignNanos(session));
    }

    private long nextSignNanos(Session session) {
        if (!session.isConnected()) {
            return session.lostSinceNanos() + resumeNanos;
        }
        long ping = Math.max(session.lastHeardNanos, session.lastPingNanos) + heartbeatNanos;
        long alive = Math.min(ping, session.lastHeardNanos + silenceNanos);
        if (session.roomCount() > 0) {
            return Math.min(alive, session.iceServersSinceNanos + renewNanos);
        }
        return session.hasGoal() ? alive : Math.min(alive, session.roomlessSinceNanos + roomlessNanos);
    }

    /** Notes what it returns as done, where that is a ping or a renewal. */
    Due tick(Session session, long nowNanos) {
        if (session.isExpired(nowNanos)) {
            return Due.EXPIRED;
        }
        if (!session.isConnected()) {
            return nowNanos - session.lostSinceNanos() >= resumeNanos ? Due.OVER : Due.NOTHING;
        }
        if (nowNanos - session.lastHeardNanos >= silenceNanos) {
            return Due.SILENT;
        }
        if (!session.hasGoal() && nowNanos - session.roomlessSinceNanos >= roomlessNanos) {
            return Due.NO_ROOM;
        }
        if (session.roomCount() > 0 && nowNanos - session.iceServersSinceNanos >= renewNanos) {
            session.iceServersSinceNanos = nowNanos;
            return Due.RENEW;
        }
        if (nowNanos - Math.max(session.lastHeardNanos, session.lastPingNanos) >= heartbeatNanos) {
            session.lastPingNanos = nowNanos;
            return Due.PING;
        }
        return Due.NOTHING;
    }
}
