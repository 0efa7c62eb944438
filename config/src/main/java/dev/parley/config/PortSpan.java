package dev.parley.config;

/** Port numbers from first to last, 1 to 65535, written {@code 1-79}, or one alone, written {@code 1900}. */
public record PortSpan(int first, int last) {
    private static final int MAX_DIGITS = 5;

    public PortSpan {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException(
                    "ports " + first + "-" + last + " are not within 1-65535 in rising order");
        }
    }

    /**
     * Reads one of the two forms.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static PortSpan parse(String text) {
        int hyphen = text.indexOf('-');
        return hyphen < 0
                ? new PortSpan(port(text), port(text))
                : new PortSpan(port(text.substring(0, hyphen)), port(text.substring(hyphen + 1)));
    }

    private static int port(String text) {
        boolean plain = text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!plain) {
            throw new NumberFormatException("no port: " + text);
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
