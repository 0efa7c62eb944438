package dev.parley.signaling.api;

import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.RoomChange;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.RoomOrder;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a room shall be like from a JSON object. Anything that is not known makes the whole unreadable. */
final class RoomSettings {
    /** Of a room that does not say how long it may be empty. */
    static final int USUAL_EMPTY_SECONDS = 3600;

    private static final int MAX_MEMBERS = 10_000;
    private static final Set<String> SCALARS =
            Set.of("locked", "password", "waitingRoom", "relayOnly", "maxMembers", "emptySeconds", "metadata");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private RoomSettings() {}

    /** Null if it cannot be read. */
    static RoomOrder.@Nullable Keep find(RoomName room, ApiBody body) {
        Map<String, String> scalars = body.scalars();
        boolean known = SCALARS.containsAll(scalars.keySet())
                && Set.of("metadata").containsAll(body.trees().keySet());
        String password = scalars.get("password");
        String metadata = body.trees().get("metadata");
        Integer maxMembers = number(scalars.get("maxMembers"), 0, MAX_MEMBERS);
        String empty = scalars.get("emptySeconds");
        Integer emptySeconds =
                empty == null ? Integer.valueOf(USUAL_EMPTY_SECONDS) : number(empty, 1, Integer.MAX_VALUE);
        boolean good = known
                && !scalars.containsKey("metadata")
                && isTruthOrAbsent(scalars.get("locked"))
                && isTruthOrAbsent(scalars.get("waitingRoom"))
                && isTruthOrAbsent(scalars.get("relayOnly"))
                && (password == null || password.length() <= RoomChange.MAX_PASSWORD_LENGTH)
                && (maxMembers != null || !scalars.containsKey("maxMembers"));
        if (!good || emptySeconds == null) {
            return null;
        }
        RoomChange change = new RoomChange(
                truth(scalars.get("locked")),
                password,
                truth(scalars.get("waitingRoom")),
                truth(scalars.get("relayOnly")),
                maxMembers,
                metadata != null,
                metadata == null ? null : new JsonText(metadata));
        return new RoomOrder.Keep(room, change, emptySeconds);
    }

    private static boolean isTruthOrAbsent(@Nullable String text) {
        return text == null || text.equals("true") || text.equals("false");
    }

    @SuppressWarnings("NullableBoolean")
    private static @Nullable Boolean truth(@Nullable String text) {
        return text == null ? null : Boolean.valueOf(text);
    }

    private static @Nullable Integer number(@Nullable String text, int least, int most) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            return null;
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? null : Integer.valueOf(number);
    }
}
