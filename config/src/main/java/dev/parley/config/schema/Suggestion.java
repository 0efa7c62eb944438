package dev.parley.config.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant by an unknown name. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest known name that is near enough to be meant, or null. */
    public static @Nullable String nearest(String name, Collection<String> known) {
        // One typing error in three characters still reads as the same word.
        int reach = Math.max(1, Math.min(name.length(), 40) / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= reach)
                .filter(candidate -> distance(name, candidate) <= reach)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElse(null);
    }

    /** What to add to "unknown key PATH": a nearby sibling, or the same name elsewhere, or nothing. */
    public static String forUnknownKey(Schema schema, String section, String name) {
        String prefix = section.isEmpty() ? "" : section + ".";
        String sibling = nearest(name, schema.namesBelow(section));
        if (sibling != null) {
            return ", did you mean " + prefix + sibling + "?";
        }
        List<String> paths = schema.keys().stream().map(KeySpec::path).toList();
        String last = name.substring(name.lastIndexOf('.') + 1);
        for (String path : paths) {
            if (path.endsWith("." + last) || path.equals(last)) {
                return ", did you mean " + path + "?";
            }
        }
        String anywhere = nearest(prefix + name, paths);
        return anywhere == null ? "" : ", did you mean " + anywhere + "?";
    }

    /** Edits (insert, delete, replace) between two texts. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
