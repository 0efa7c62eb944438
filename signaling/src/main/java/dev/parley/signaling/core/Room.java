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

    /** Everybody as the others see them, in the order they came. */
    List<MemberView> views() {
        return memberById.values().stream().map(Member::view).toList();
    }

    /** The ids of all members but one, in the order they came. */
    List<SessionId> others(SessionId excluded) {
        List<SessionId> others = new ArrayList<>(memberById.size());
        for (SessionId id : memberById.keySet()) {
            if (!id.equals(excluded)) {
                others.add(id);
            }
        }
        return others;
    }
}
