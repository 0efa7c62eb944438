package dev.parley.config.schema;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations with exactly one unit: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}. */
public final class DurationType implements ValueType<Duration> {
    // Nine digits of days stay far below what a Duration can hold.
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    @Override
    public String description() {
        return "a duration such as 30s, 5m or 1h";
    }

    @Override
    public Duration parse(String text) throws BadValueException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new BadValueException("must be " + description() + ", not '" + Excerpt.of(text) + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    @Override
    public String print(Duration value) {
        long seconds = value.toSeconds();
        if (value.toMillisPart() != 0) {
            return value.toMillis() + "ms";
        }
        if (seconds > 86_400 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
