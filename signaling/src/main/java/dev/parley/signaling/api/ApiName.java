package dev.parley.signaling.api;

import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a relay user that has its credentials from the API, as TURN usernames carry it:
 * {@code api:KEY:USER} or, if it relays only within a room, {@code api:KEY:USER:ROOM}. Rooms, and the users of tokens,
 * are named by tags, because TURN usernames travel in clear.
 *
 * @param keyId the key that asked; empty for the holder of a token
 * @param user letters, digits and any of {@code . _ - @}
 * @param roomTag null for a user that may relay to everywhere
 */
public record ApiName(String keyId, String user, @Nullable String roomTag) {
    /** Of the names of all such users. */
    public static final String PREFIX = "api:";

    static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private static final Pattern NAME = Pattern.compile(
            "api:([A-Za-z0-9_-]{0," + ApiKey.MAX_ID_LENGTH + "}):([A-Za-z0-9._@-]{1,64})(?::([A-Za-z0-9_-]{22}))?");
    private static final int TAG_BYTES = 16;

    /** Reads the name of a relay user; null if it is none of these. */
    public static @Nullable ApiName find(String name) {
        if (!isOne(name)) {
            return null;
        }
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? new ApiName(matcher.group(1), matcher.group(2), matcher.group(3)) : null;
    }

    /** Whether only this API gives such a name. */
    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    /** Stands for a text in a name: 128 bits of its SHA-256. */
    static String tag(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Whoever has a credential for this room by a token of this user. */
    public static ApiName ofToken(UserId user, RoomName room) {
        return new ApiName("", tag(user.value()), tagOf(room));
    }

    /** What stands for a room. */
    public static String tagOf(RoomName room) {
        return tag(room.value());
    }

    /** The user in whatever room: what is revoked. */
    public ApiName owner() {
        return new ApiName(keyId, user, null);
    }

    /** The name as credentials carry it. */
    public String text() {
        return PREFIX + keyId + ":" + user + (roomTag == null ? "" : ":" + roomTag);
    }
}
