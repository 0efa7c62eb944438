package dev.parley.ice.credential;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Prepares names and passwords so that what looks equal is equal (the OpaqueString profile of RFC 8265 section 4.2, as
 * RFC 8489 section 9.2.2 asks): spaces of all scripts become the ASCII space, characters are composed (NFC), letters
 * keep their case, and what no text should hold is refused.
 */
public final class OpaqueString {
    private OpaqueString() {}

    /** The prepared text, or null if it is empty or holds a character that the profile does not allow. */
    public static @Nullable String prepare(String text) {
        if (isPlainAscii(text)) {
            return text.isEmpty() ? null : text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
                .forEach(mapped::appendCodePoint);
        String composed = Normalizer.normalize(mapped, Normalizer.Form.NFC);
        return composed.codePoints().allMatch(OpaqueString::isAllowed) ? composed : null;
    }

    /** Whether the text is as {@link #prepare} would leave it. */
    public static boolean isPrepared(String text) {
        return text.equals(prepare(text));
    }

    /**
     * The prepared text.
     *
     * @throws IllegalArgumentException if it cannot be prepared; the text is not quoted, as it may be a password
     */
    public static String require(String text) {
        String prepared = prepare(text);
        if (prepared == null) {
            throw new IllegalArgumentException("empty, or with a character that names and passwords may not hold");
        }
        return prepared;
    }

    private static boolean isPlainAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter < ' ' || letter > '~') {
                return false;
            }
        }
        return true;
    }

    /** The FreeformClass of RFC 8264 section 4.3, whose refusals these character types and Hangul jamo amount to. */
    private static boolean isAllowed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isOldHangulJamo(point) && !isIgnorable(point);
        };
    }

    private static boolean isOldHangulJamo(int point) {
        return isBetween(0x1100, point, 0x11FF) || isBetween(0xA960, point, 0xA97C) || isBetween(0xD7B0, point, 0xD7FB);
    }

    /** Characters without a glyph that are of no refused type: grapheme joiner, fillers, variation selectors. */
    private static boolean isIgnorable(int point) {
        return point == 0x034F
                || point == 0x17B4
                || point == 0x17B5
                || point == 0x3164
                || point == 0xFFA0
                || isBetween(0x180B, point, 0x180F)
                || isBetween(0xFE00, point, 0xFE0F)
                || isBetween(0xE0100, point, 0xE01EF);
    }

    private static boolean isBetween(int first, int point, int last) {
        return first <= point && point <= last;
    }
}
