package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * The name a member goes by, already normalised (NFC) and of the allowed alphabet. Display only; need not be unique.
 *
 * @param value at least one character; the longest allowed is {@link HubLimit#NAME_LENGTH}
 */
public record MemberName(String value) implements Comparable<MemberName> {
    public MemberName {
        if (!value.equals(NameRules.normalise(value))) {
            throw new IllegalArgumentException("not a normalised name");
        }
    }

    /** Normalises what a stranger sent; null if it cannot be a name. */
    public static @Nullable MemberName find(String text) {
        String name = NameRules.normalise(text);
        return name == null ? null : new MemberName(name);
    }

    /** Length in Unicode code points. */
    int length() {
        return value.codePointCount(0, value.length());
    }

    @Override
    public int compareTo(MemberName other) {
        return value.compareTo(other.value);
    }
}
