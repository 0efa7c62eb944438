package dev.parley.signaling.core;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** The alphabet of room and member names: what can be seen, in normalisation form C. */
final class NameRules {
    /** Longer input is refused before it is normalised; the configured limit is checked later and is smaller. */
    static final int MAX_INPUT_LENGTH = 4096;

    private NameRules() {}

    /** The name in normalisation form C, or null if it is empty or holds a character that names may not have. */
    static @Nullable String normalise(String text) {
        if (text.isEmpty() || text.length() > MAX_INPUT_LENGTH) {
            return null;
        }
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        boolean spaceOutside = name.startsWith(" ") || name.endsWith(" ");
        return !spaceOutside && name.codePoints().allMatch(NameRules::allowed) ? name : null;
    }

    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
