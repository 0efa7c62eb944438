package dev.parley.server;

import dev.parley.ice.credential.MemberNames;
import dev.parley.signaling.core.SessionId;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.Usage;
import dev.parley.turn.transport.TurnTransport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rooms as operators see them: who is in them and is relayed, over what, and how fast just now. */
final class RelayedRooms {
    /** Rooms of one answer. */
    static final int ROOMS = 100;

    /** Members shown of one room, those who are relayed first. */
    static final int MEMBERS = 100;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Map<ClientTransport, Relayed>> relayedByName = new HashMap<>();
    private final double seconds;

    /** What one user relays over one transport. */
    private static final class Relayed {
        private long allocations;
        private long ageSeconds;
        private long bytesUp;
        private long bytesDown;
        private long bytesBefore;

        long bytesPerSecond(double seconds) {
            return Math.max(0, Math.round((bytesUp + bytesDown - bytesBefore) / seconds));
        }
    }

    /**
     * @param before what the live allocations had relayed
     * @param now what they have relayed
     * @param seconds between
     */
    RelayedRooms(List<Usage> before, List<Usage> now, double seconds) {
        this.seconds = seconds;
        for (Usage usage : now) {
            Relayed relayed = of(usage);
            relayed.allocations++;
            relayed.ageSeconds = Math.max(relayed.ageSeconds, usage.age().toSeconds());
            relayed.bytesUp += usage.bytesUp();
            relayed.bytesDown += usage.bytesDown();
        }
        before.forEach(usage -> of(usage).bytesBefore += usage.bytes());
    }

    /** How fast it goes is known by looking twice: holds the calling thread for a second. */
    static RelayedRooms watch(TurnTransport transport) {
        List<Usage> before = transport.usage();
        long beganNanos = System.nanoTime();
        LockSupport.parkNanos(RATE_NANOS);
        List<Usage> now = transport.usage();
        return new RelayedRooms(before, now, Math.max(RATE_NANOS, System.nanoTime() - beganNanos) / 1e9);
    }

    private Relayed of(Usage usage) {
        return relayedByName
                .computeIfAbsent(usage.name(), name -> new EnumMap<>(ClientTransport.class))
                .computeIfAbsent(usage.transport(), transport -> new Relayed());
    }

    /**
     * One page: the rooms after this name, and in {@code next} after which the following page begins, if there is
     * one.
     */
    String json(RoomBook book, String after) {
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode rooms = answer.putArray("rooms");
        Iterator<Map.Entry<String, Map<SessionId, String>>> entries =
                book.after(after).entrySet().iterator();
        String last = after;
        while (entries.hasNext() && rooms.size() < ROOMS) {
            Map.Entry<String, Map<SessionId, String>> room = entries.next();
            last = room.getKey();
            write(room.getValue(), rooms.addObject().put("room", last));
        }
        if (entries.hasNext()) {
            answer.put("next", last);
        }
        return MAPPER.writeValueAsString(answer) + "\n";
    }

    private void write(Map<SessionId, String> userByMember, ObjectNode room) {
        List<Map.Entry<SessionId, String>> members = new ArrayList<>(userByMember.entrySet());
        members.sort(Comparator.comparing((Map.Entry<SessionId, String> member) -> !isRelayed(member.getKey()))
                .thenComparing(member -> member.getKey().value()));
        room.put("members", members.size());
        room.put(
                "relayed",
                members.stream().filter(member -> isRelayed(member.getKey())).count());
        ArrayNode shown = room.putArray("shown");
        members.stream().limit(MEMBERS).forEach(member -> {
            ObjectNode object = shown.addObject().put("id", member.getKey().value());
            if (!member.getValue().isEmpty()) {
                object.put("user", member.getValue());
            }
            write(member.getKey(), object.putArray("relays"));
        });
    }

    private boolean isRelayed(SessionId member) {
        return ofMember(member).values().stream().anyMatch(relayed -> relayed.allocations > 0);
    }

    private Map<ClientTransport, Relayed> ofMember(SessionId member) {
        return relayedByName.getOrDefault(MemberNames.of(member.value()), Map.of());
    }

    private void write(SessionId member, ArrayNode relays) {
        ofMember(member).forEach((transport, relayed) -> {
            if (relayed.allocations > 0) {
                relays.addObject()
                        .put("transport", transport.name().toLowerCase(Locale.ROOT))
                        .put("allocations", relayed.allocations)
                        .put("seconds", relayed.ageSeconds)
                        .put("bytesUp", relayed.bytesUp)
                        .put("bytesDown", relayed.bytesDown)
                        .put("bytesPerSecond", relayed.bytesPerSecond(seconds));
            }
        });
    }
}
