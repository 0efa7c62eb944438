package dev.parley.config.schema;

/** Strange text made fit for one line of an error message. */
public final class Excerpt {
    private static final int MAX_CHARS = 60;

    private Excerpt() {}

    /** At most 60 characters of the text, control characters replaced. */
    public static String of(String text) {
        String shown = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "..." : text;
        return shown.codePoints()
                .map(c -> isPlain(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
