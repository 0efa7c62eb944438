package dev.parley.signaling.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the hosts of one room have settled: who gets in, and what those who are in may learn. */
final class RoomDoor {
    private boolean locked;
    private boolean waitingRoom;
    private boolean relayOnly;
    private byte @Nullable [] password;
    private int maxMembers;
    private @Nullable JsonText metadata;
    /** In the order they were banned, so that the oldest goes when there are too many. */
    private final Set<Barred> banned = new LinkedHashSet<>(2);

    RoomView view() {
        return new RoomView(locked, password != null, waitingRoom, relayOnly, maxMembers, metadata);
    }

    void change(RoomChange change) {
        if (change.locked() != null) {
            locked = change.locked();
        }
        if (change.waitingRoom() != null) {
            waitingRoom = change.waitingRoom();
        }
        if (change.relayOnly() != null) {
            relayOnly = change.relayOnly();
        }
        if (change.password() != null) {
            password = change.password().isEmpty() ? null : change.password().getBytes(StandardCharsets.UTF_8);
        }
        if (change.maxMembers() != null) {
            maxMembers = change.maxMembers();
        }
        if (change.touchesMetadata()) {
            metadata = change.metadata();
        }
    }

    /** Whether newcomers wait until a host lets them in. */
    boolean hasWaitingRoom() {
        return waitingRoom;
    }

    /** Whether members do not learn each other's addresses. */
    boolean isRelayOnly() {
        return relayOnly;
    }

    boolean isLocked() {
        return locked;
    }

    /** Why it does not open for this one, or null. */
    @Nullable
    Refusal findRefusal(Barred source, @Nullable String offered, int members) {
        if (locked) {
            return Refusal.ROOM_LOCKED;
        }
        if (password != null && !isPassword(offered == null ? "" : offered, password)) {
            return Refusal.WRONG_PASSWORD;
        }
        return findRefusal(source, members);
    }

    /** Why it stays shut even for one whom a host lets in, or null. */
    @Nullable
    Refusal findRefusal(Barred source, int members) {
        if (banned.contains(source)) {
            return Refusal.BANNED;
        }
        return maxMembers > 0 && members >= maxMembers ? Refusal.ROOM_FULL : null;
    }

    /** In a time that does not depend on where they differ. */
    private static boolean isPassword(String offered, byte[] password) {
        return MessageDigest.isEqual(offered.getBytes(StandardCharsets.UTF_8), password);
    }

    void ban(Barred source, int most) {
        banned.remove(source);
        banned.add(source);
        if (banned.size() > most) {
            banned.remove(banned.iterator().next());
        }
    }
}
