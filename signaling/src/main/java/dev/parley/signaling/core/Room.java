package dev.parley.signaling.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members that can reach one another, and nobody else. */
final class Room {
    private final RoomName name;
    private final Map<SessionId, Member> memberById = new LinkedHashMap<>();
    private final RoomDoor door = new RoomDoor();
    private final RoomKeys keys = new RoomKeys();
    private final WaitingRoom waiting = new WaitingRoom();
    private int rosterBytes;
    private int emptySeconds;

    Room(RoomName name) {
        this.name = name;
    }

    RoomName name() {
        return name;
    }

    /** @param seconds that it stays without members; 0: it goes with the last */
    void keep(int seconds) {
        emptySeconds = seconds;
    }

    boolean isKept() {
        return emptySeconds > 0;
    }

    int emptySeconds() {
        return emptySeconds;
    }

    RoomDoor door() {
        return door;
    }

    RoomKeys keys() {
        return keys;
    }

    WaitingRoom waiting() {
        return waiting;
    }

    /** Why it has no place for one more, or null. */
    @Nullable
    Refusal findRefusal(Presence presence, int others, HubLimits limits) {
        if (others >= limits.of(HubLimit.ROOM_MEMBERS)) {
            return Refusal.ROOM_FULL;
        }
        return rosterBytes + presence.rosterBytes() > limits.of(HubLimit.ROOM_ROSTER_BYTES)
                ? Refusal.ROSTER_FULL
                : null;
    }

    boolean isHost(SessionId id) {
        Member member = memberById.get(id);
        return member != null && member.role() == Role.HOST;
    }

    /**
     * Who has to become host because nobody is: the one longest here, before listeners; null if nobody has to. Whose
     * role comes from a token is passed over.
     */
    @Nullable
    Member heir() {
        Member heir = null;
        for (Member member : memberById.values()) {
            if (member.role() == Role.HOST) {
                return null;
            }
            if (member.isAppointed()) {
                continue;
            }
            if (heir == null || (heir.role() == Role.LISTENER && member.role() == Role.MEMBER)) {
                heir = member;
            }
        }
        return heir;
    }

    boolean hasHost() {
        return memberById.values().stream().anyMatch(member -> member.role() == Role.HOST);
    }

    /** The session this user has here, the oldest if there are several; null if there is none. */
    @Nullable
    Member findUser(@Nullable UserId user) {
        if (user == null) {
            return null;
        }
        for (Member member : memberById.values()) {
            if (user.equals(member.session.identity().user())) {
                return member;
            }
        }
        return null;
    }

    @Nullable
    Member find(SessionId id) {
        return memberById.get(id);
    }

    int size() {
        return memberById.size();
    }

    int rosterBytes() {
        return rosterBytes;
    }

    boolean isEmpty() {
        return memberById.isEmpty();
    }

    void add(Member member) {
        memberById.put(member.session.id, member);
        rosterBytes += member.presence().rosterBytes();
    }

    void remove(SessionId id) {
        Member member = memberById.remove(id);
        if (member != null) {
            rosterBytes -= member.presence().rosterBytes();
        }
    }

    void show(Member member, Presence changed) {
        rosterBytes += changed.rosterBytes() - member.presence().rosterBytes();
        member.show(changed);
    }

    /** The room as a member sees it: all others, in the order they came, and for hosts those who wait. */
    ServerMessage.Joined seenBy(SessionId id, @Nullable Ref ref) {
        List<MemberView> others = memberById.values().stream()
                .filter(member -> !member.session.id.equals(id))
                .map(Member::view)
                .toList();
        Member self = memberById.get(id);
        Role role = self == null ? Role.MEMBER : self.role();
        List<Knock> knocks = role == Role.HOST ? waiting.knocks() : List.of();
        return new ServerMessage.Joined(name, id, role, door.view(), keys.all(), others, knocks, ref);
    }

    /** All members of a role but one, in the order they came. */
    List<Session> others(SessionId excluded, Role role) {
        List<Session> others = new ArrayList<>();
        for (Member member : memberById.values()) {
            if (member.role() == role && !member.session.id.equals(excluded)) {
                others.add(member.session);
            }
        }
        return others;
    }

    /** All hosts, in the order they came. */
    List<Session> hosts() {
        List<Session> hosts = new ArrayList<>(1);
        for (Member member : memberById.values()) {
            if (member.role() == Role.HOST) {
                hosts.add(member.session);
            }
        }
        return hosts;
    }

    /** All members with their users, in the order they came. */
    List<RoomAnswer.Seat> seats() {
        return memberById.values().stream()
                .map(member -> new RoomAnswer.Seat(
                        member.view(), member.session.identity().user()))
                .toList();
    }

    /** All members, in the order they came. */
    List<Session> all() {
        List<Session> all = new ArrayList<>(memberById.size());
        memberById.values().forEach(member -> all.add(member.session));
        return all;
    }

    /** All members but one, in the order they came. */
    List<Session> others(SessionId excluded) {
        List<Session> others = new ArrayList<>(memberById.size());
        for (Member member : memberById.values()) {
            if (!member.session.id.equals(excluded)) {
                others.add(member.session);
            }
        }
        return others;
    }
}
