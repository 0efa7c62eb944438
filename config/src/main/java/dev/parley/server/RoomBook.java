package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.signaling.transport.MembershipListener;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room, for operators. Written on the hub's thread, read by any, who may see a change half done; no
 * larger than the rooms of the hub.
 */
final class RoomBook implements MembershipListener {
    /** Stands for somebody without a name. */
    private static final String NOBODY = "";

    private final NavigableMap<String, Map<SessionId, String>> userByMemberByRoom = new ConcurrentSkipListMap<>();

    @Override
    public void entered(RoomName room, SessionId session, IpAddress remote) {
        userByMemberByRoom
                .computeIfAbsent(room.value(), name -> new ConcurrentHashMap<>(4))
                .put(session, NOBODY);
    }

    @Override
    public void joined(RoomName room, SessionId session, @Nullable UserId user) {
        Map<SessionId, String> members = userByMemberByRoom.get(room.value());
        if (members != null && user != null) {
            members.replace(session, user.value());
        }
    }

    @Override
    public void moved(SessionId session, IpAddress remote) {
        // where members come from is not shown
    }

    @Override
    public void departed(RoomName room, SessionId session) {
        Map<SessionId, String> members = userByMemberByRoom.get(room.value());
        if (members != null && members.remove(session) != null && members.isEmpty()) {
            userByMemberByRoom.remove(room.value());
        }
    }

    @Override
    public void ended(SessionId session) {
        // all its departures have been told
    }

    /**
     * The rooms whose names come after this one, in order; the users of their members, empty where they have no
     * name.
     */
    NavigableMap<String, Map<SessionId, String>> after(String room) {
        return userByMemberByRoom.tailMap(room, false);
    }
}
