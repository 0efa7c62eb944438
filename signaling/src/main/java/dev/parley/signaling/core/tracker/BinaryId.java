package dev.parley.signaling.core.tracker;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Twenty bytes, as the tracker protocol writes them into JSON: one character from 0 to 255 each. A swarm's hash or a
 * peer's id.
 */
public record BinaryId(String value) {
    static final int LENGTH = 20;
    private static final int MAX_BYTE = 255;

    /** Two digits for each byte, as people write such hashes. */
    String hex() {
        return HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Null unless it is one. */
    public static @Nullable BinaryId find(@Nullable String text) {
        boolean fits = text != null && text.length() == LENGTH && text.chars().allMatch(unit -> unit <= MAX_BYTE);
        return text != null && fits ? new BinaryId(text) : null;
    }
}
