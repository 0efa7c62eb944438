package dev.parley.server;

import dev.parley.turn.loop.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What users have relayed since the server started. Bounded: of too many users those with the fewest bytes become one,
 * the others, and never come apart again. Any thread.
 */
final class UserTotals {
    /** Users known by name. */
    static final int KNOWN = 4096;

    /** Users shown by name. */
    static final int SHOWN = 100;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Map<String, Total> totalByName = new HashMap<>();
    private Total others = Total.NOTHING;

    /** Sums over allocations. */
    record Total(
            long allocations,
            long live,
            long seconds,
            long bytesUp,
            long bytesDown,
            long packetsUp,
            long packetsDown,
            long peers) {
        static final Total NOTHING = new Total(0, 0, 0, 0, 0, 0, 0, 0);

        static Total of(Usage usage, boolean lives) {
            return new Total(
                    1,
                    lives ? 1 : 0,
                    usage.age().toSeconds(),
                    usage.bytesUp(),
                    usage.bytesDown(),
                    usage.packetsUp(),
                    usage.packetsDown(),
                    usage.peers());
        }

        Total plus(Total other) {
            return new Total(
                    allocations + other.allocations,
                    live + other.live,
                    seconds + other.seconds,
                    bytesUp + other.bytesUp,
                    bytesDown + other.bytesDown,
                    packetsUp + other.packetsUp,
                    packetsDown + other.packetsDown,
                    peers + other.peers);
        }

        long bytes() {
            return bytesUp + bytesDown;
        }
    }

    /** An allocation has ended. */
    synchronized void add(Usage usage) {
        totalByName.merge(usage.name(), Total.of(usage, false), Total::plus);
        if (totalByName.size() > KNOWN) {
            List<Map.Entry<String, Total>> ranked = ranked(totalByName);
            for (Map.Entry<String, Total> few : ranked.subList(KNOWN / 2, ranked.size())) {
                others = others.plus(few.getValue());
                totalByName.remove(few.getKey());
            }
        }
    }

    synchronized int known() {
        return totalByName.size();
    }

    /** The users with the most bytes first, then all others together. */
    String json(List<Usage> live) {
        Map<String, Total> all;
        Total rest;
        synchronized (this) {
            all = new HashMap<>(totalByName);
            rest = others;
        }
        live.forEach(usage -> all.merge(usage.name(), Total.of(usage, true), Total::plus));
        List<Map.Entry<String, Total>> ranked = ranked(all);
        ObjectNode object = MAPPER.createObjectNode();
        ArrayNode users = object.putArray("users");
        for (Map.Entry<String, Total> user : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
            write(user.getValue(), users.addObject().put("user", user.getKey()));
        }
        for (Map.Entry<String, Total> user : ranked.subList(Math.min(SHOWN, ranked.size()), ranked.size())) {
            rest = rest.plus(user.getValue());
        }
        write(rest, object.putObject("others"));
        return MAPPER.writeValueAsString(object) + "\n";
    }

    private static List<Map.Entry<String, Total>> ranked(Map<String, Total> totals) {
        List<Map.Entry<String, Total>> ranked = new ArrayList<>(totals.entrySet());
        Comparator<Map.Entry<String, Total>> byBytes =
                Comparator.comparingLong(entry -> entry.getValue().bytes());
        ranked.sort(byBytes.reversed().thenComparing(Map.Entry.comparingByKey()));
        return ranked;
    }

    private static void write(Total total, ObjectNode into) {
        into.put("allocations", total.allocations)
                .put("live", total.live)
                .put("seconds", total.seconds)
                .put("bytesUp", total.bytesUp)
                .put("bytesDown", total.bytesDown)
                .put("packetsUp", total.packetsUp)
                .put("packetsDown", total.packetsDown)
                .put("peers", total.peers);
    }
}
