package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the hub wants done, in this order. */
public sealed interface HubEffect {

    /** Send one message over these sessions' connections; it is meant to be serialised once. */
    record Send(List<Delivery> to, ServerMessage message) implements HubEffect {
        public Send {
            to = List.copyOf(to);
        }
    }

    /** The connection that {@link HubEvent.Resumed} came over is the session's now; one it had before is replaced. */
    record Attach(SessionId session) implements HubEffect {}

    /** Send the welcome, with the key to continue the session; always the first a session gets. */
    record Greet(SessionId session, ResumeKey key) implements HubEffect {}

    /**
     * Send that the session goes on; the first a new connection of a session gets.
     *
     * @param received the number of the last message of the client that was carried out
     * @param after the messages that follow are numbered from the one after this
     * @param lost whether messages are missing that cannot be sent again; what each room is like then follows
     */
    record Continue(SessionId session, ResumeKey key, long received, long after, boolean lost) implements HubEffect {}

    /** Tell the connection that {@link HubEvent.Resumed} came over that there is no such session. */
    record RefuseResume(@Nullable Ref ref) implements HubEffect {}

    /** Send how many messages of the client were carried out. */
    record Acknowledge(SessionId session, long received) implements HubEffect {}

    /** Send fresh ICE servers: the last ones have lived half their life. */
    record RenewIceServers(SessionId session) implements HubEffect {}

    /** Send a WebSocket ping. */
    record Ping(SessionId session) implements HubEffect {}

    /** Close the connection. The session is over, unless it may be continued. */
    record Close(SessionId session, CloseReason reason) implements HubEffect {}

    /** The session is a member of the room from now on; {@code user} is null for somebody without a name. */
    record Entered(
            RoomName room,
            SessionId session,
            IpAddress remote,
            @Nullable UserId user) implements HubEffect {
        /** Of somebody without a name. */
        public Entered(RoomName room, SessionId session, IpAddress remote) {
            this(room, session, remote, null);
        }
    }

    /** The session, which is in a room, now comes from here. */
    record Moved(SessionId session, IpAddress remote) implements HubEffect {}

    /** The session is no member of the room any more. */
    record Departed(
            RoomName room, SessionId session, @Nullable UserId user, Departure departure) implements HubEffect {
        /** Of somebody without a name. */
        public Departed(RoomName room, SessionId session, Departure departure) {
            this(room, session, null, departure);
        }
    }

    /** The session is over. */
    record Ended(SessionId session) implements HubEffect {}

    /** What became of {@link HubEvent.Ordered}. */
    record Answered(long ticket, RoomAnswer answer) implements HubEffect {}

    /** Addresses were taken out of what the session told others; for counters. */
    record Hidden(SessionId session) implements HubEffect {}

    /** Something was not done; for counters and logs. */
    record Refused(SessionId session, Refusal refusal) implements HubEffect {}
}
