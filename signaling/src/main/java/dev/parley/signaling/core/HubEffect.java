package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import java.util.List;

/** What the hub wants done, in this order. */
public sealed interface HubEffect {

    /** Send one message to these sessions; it is meant to be serialised once. */
    record Send(List<SessionId> to, ServerMessage message) implements HubEffect {
        public Send {
            to = List.copyOf(to);
        }
    }

    /** Send the welcome; always the first a session gets. */
    record Greet(SessionId session) implements HubEffect {}

    /** Send fresh ICE servers: the last ones have lived half their life. */
    record RenewIceServers(SessionId session) implements HubEffect {}

    /** Send a WebSocket ping. */
    record Ping(SessionId session) implements HubEffect {}

    /** Close the connection; the hub has forgotten the session already. */
    record Close(SessionId session, CloseReason reason) implements HubEffect {}

    /** The session is a member of the room from now on. */
    record Entered(RoomName room, SessionId session, IpAddress remote) implements HubEffect {}

    /** The session is no member of the room any more. */
    record Departed(RoomName room, SessionId session) implements HubEffect {}

    /** The session is over. */
    record Ended(SessionId session) implements HubEffect {}

    /** Something was not done; for counters and logs. */
    record Refused(SessionId session, Refusal refusal) implements HubEffect {}
}
