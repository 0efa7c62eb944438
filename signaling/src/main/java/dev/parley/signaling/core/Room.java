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
    private int rosterBytes;

    Room(RoomName name) {
        this.name = name;
    }

    RoomName name() {
        return name;
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

    /** The room as a member sees it: all others, in the order they came. */
    ServerMessage.Joined seenBy(SessionId id, @Nullable Ref ref) {
        List<MemberView> others = memberById.values().stream()
                .filter(member -> !member.session.id.equals(id))
                .map(Member::view)
                .toList();
        return new ServerMessage.Joined(name, id, others, ref);
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
