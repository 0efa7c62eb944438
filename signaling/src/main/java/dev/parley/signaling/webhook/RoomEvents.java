package dev.parley.signaling.webhook;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.signaling.transport.MembershipListener;
import dev.parley.signaling.webhook.RoomEvent.Kind;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what the hub says of its members into events. Hub thread only; keeps a number for each room. */
public final class RoomEvents implements MembershipListener {
    private static final int ID_BYTES = 16;

    private final Consumer<RoomEvent> consumer;
    private final InstantSource wallClock;
    private final SecureRandom random = new SecureRandom();
    private final Map<RoomName, Integer> membersByRoom = new HashMap<>();

    RoomEvents(Consumer<RoomEvent> consumer, InstantSource wallClock) {
        this.consumer = consumer;
        this.wallClock = wallClock;
    }

    @Override
    public void joined(RoomName room, SessionId session, @Nullable UserId user) {
        if (membersByRoom.merge(room, 1, Integer::sum) == 1) {
            tell(Kind.ROOM_STARTED, room, null, null, null);
        }
        tell(Kind.MEMBER_JOINED, room, session, user, null);
    }

    @Override
    public void left(RoomName room, SessionId session, @Nullable UserId user, Departure departure) {
        tell(Kind.MEMBER_LEFT, room, session, user, departure);
        if (membersByRoom.computeIfPresent(room, (name, members) -> members == 1 ? null : members - 1) == null) {
            tell(Kind.ROOM_ENDED, room, null, null, null);
        }
    }

    private void tell(
            Kind kind,
            RoomName room,
            @Nullable SessionId member,
            @Nullable UserId user,
            @Nullable Departure departure) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String text = HexFormat.of().formatHex(id);
        consumer.accept(new RoomEvent(text, kind, wallClock.instant(), room, member, user, departure));
    }

    @Override
    public void entered(RoomName room, SessionId session, IpAddress remote) {
        // joined says more.
    }

    @Override
    public void moved(SessionId session, IpAddress remote) {
        // Nobody outside has to know addresses.
    }

    @Override
    public void departed(RoomName room, SessionId session) {
        // left says more.
    }

    @Override
    public void ended(SessionId session) {
        // Its departures have been told.
    }
}
