package dev.parley.signaling.core;

import dev.parley.ice.address.IpAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client: the rooms it is in, its rates, its signs of life, and the two streams of numbered messages, which outlive
 * a connection.
 */
final class Session {
    /** Messages carried out before the client is told so unasked. */
    private static final int UNTOLD_MAX = 32;

    final SessionId id;
    final ResumeKeys keys;
    final Outbox outbox;
    final TokenBucket messages;
    final TokenBucket deliveries;
    final TokenBucket joins;
    final TokenBucket warnings;
    private final Map<RoomName, Room> roomByName = new LinkedHashMap<>();
    private final Map<RoomName, Room> awaitedByName = new LinkedHashMap<>(0);

    long lastHeardNanos;
    long lastPingNanos;
    long roomlessSinceNanos;
    long iceServersSinceNanos;

    private IpAddress remote;
    private Identity identity;
    private long expiresNanos;
    private boolean connected = true;
    private long lostSinceNanos;
    private long received;
    private long toldReceived;

    Session(SessionId id, IpAddress remote, Identity identity, ResumeKey key, HubLimits limits, long nowNanos) {
        this.id = id;
        this.remote = remote;
        this.identity = identity;
        this.expiresNanos = endOf(identity, nowNanos);
        this.keys = new ResumeKeys(key);
        this.outbox = new Outbox(limits);
        this.messages = new TokenBucket(
                identity.allowance().messagesPerSecond(limits), limits.of(HubLimit.MESSAGE_BURST), nowNanos);
        this.deliveries = bucket(limits, HubLimit.DELIVERIES_PER_SECOND, HubLimit.DELIVERY_BURST, nowNanos);
        this.joins = bucket(limits, HubLimit.JOINS_PER_SECOND, HubLimit.JOIN_BURST, nowNanos);
        this.warnings = bucket(limits, HubLimit.WARNINGS_PER_SECOND, HubLimit.WARNING_BURST, nowNanos);
        this.lastHeardNanos = nowNanos;
        this.lastPingNanos = nowNanos;
        this.roomlessSinceNanos = nowNanos;
        this.iceServersSinceNanos = nowNanos;
    }

    private static TokenBucket bucket(HubLimits limits, HubLimit perSecond, HubLimit burst, long nowNanos) {
        return new TokenBucket(limits.of(perSecond), limits.of(burst), nowNanos);
    }

    Identity identity() {
        return identity;
    }

    /** A newer token of the same user counts from now on, for better or worse. */
    void becomes(Identity renewed, long nowNanos) {
        identity = renewed;
        expiresNanos = endOf(renewed, nowNanos);
    }

    private static long endOf(Identity identity, long nowNanos) {
        Duration lifetime = identity.lifetime();
        return lifetime == null ? Long.MAX_VALUE : nowNanos + lifetime.toNanos();
    }

    /** When the identity ends; {@code Long.MAX_VALUE} if it does not. */
    long expiresNanos() {
        return expiresNanos;
    }

    boolean isExpired(long nowNanos) {
        return expiresNanos != Long.MAX_VALUE && nowNanos - expiresNanos >= 0;
    }

    @Nullable
    Room findRoom(RoomName name) {
        return roomByName.get(name);
    }

    /** The rooms in the order they were joined; a copy, so that leaving them is possible on the way. */
    List<Room> roomsNow() {
        return List.copyOf(roomByName.values());
    }

    int roomCount() {
        return roomByName.size();
    }

    void entered(Room room) {
        roomByName.put(room.name(), room);
    }

    void departed(Room room, long nowNanos) {
        roomByName.remove(room.name());
        if (!hasGoal()) {
            roomlessSinceNanos = nowNanos;
        }
    }

    /** The room it waits to be let into, or null. */
    @Nullable
    Room findAwaited(RoomName name) {
        return awaitedByName.get(name);
    }

    /** The rooms it waits to be let into, in the order it knocked; a copy. */
    List<Room> awaitedNow() {
        return List.copyOf(awaitedByName.values());
    }

    int awaitedCount() {
        return awaitedByName.size();
    }

    void waitsFor(Room room) {
        awaitedByName.put(room.name(), room);
    }

    void waitsNoLonger(Room room, long nowNanos) {
        awaitedByName.remove(room.name());
        if (!hasGoal()) {
            roomlessSinceNanos = nowNanos;
        }
    }

    /** Whether it is in a room, or waits for one; else it is soon closed. */
    boolean hasGoal() {
        return !roomByName.isEmpty() || !awaitedByName.isEmpty();
    }

    IpAddress remote() {
        return remote;
    }

    /** Called by {@link SessionTable} alone, which counts addresses. */
    void comesFrom(IpAddress newRemote) {
        remote = newRemote;
    }

    /** Whether there is a connection to send over. */
    boolean isConnected() {
        return connected;
    }

    void connected(long nowNanos) {
        connected = true;
        lastHeardNanos = nowNanos;
        lastPingNanos = nowNanos;
    }

    /** The next message brings fresh ICE servers. */
    void renewed(long nowNanos) {
        iceServersSinceNanos = nowNanos;
    }

    /** The connection is gone; another may come. */
    void disconnected(long nowNanos) {
        connected = false;
        lostSinceNanos = nowNanos;
    }

    long lostSinceNanos() {
        return lostSinceNanos;
    }

    /** What a number on a message of the client says. */
    enum Turn {
        /** Its turn has come, or it has no number. */
        NEXT,
        /** It was carried out before. */
        REPEATED,
        /** One before it is missing. */
        TOO_EARLY
    }

    Turn take(Stamp stamp) {
        keys.confirm();
        outbox.confirm(stamp.confirmed());
        if (stamp.number() == 0) {
            return Turn.NEXT;
        }
        if (stamp.number() > received + 1) {
            return Turn.TOO_EARLY;
        }
        if (stamp.number() <= received) {
            return Turn.REPEATED;
        }
        received++;
        return Turn.NEXT;
    }

    /** The number of the last message that was carried out. */
    long received() {
        return received;
    }

    /** The number that the next numbered message of the client has to have. */
    long nextNumber() {
        return received + 1;
    }

    boolean owesAcknowledgement() {
        return received - toldReceived >= UNTOLD_MAX;
    }

    /** The number of the last message that was carried out; the caller tells it the client. */
    long acknowledge() {
        toldReceived = received;
        return received;
    }
}
