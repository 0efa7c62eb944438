package dev.parley.config.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The constants of an enum in lower case. */
record EnumType(Class<? extends Enum<?>> constants) implements ValueType<Enum<?>> {
    @Override
    public String description() {
        return "one of "
                + Arrays.stream(constants.getEnumConstants()).map(this::print).collect(Collectors.joining(", "));
    }

    @Override
    public Enum<?> parse(String text) throws BadValueException {
        for (Enum<?> constant : constants.getEnumConstants()) {
            if (print(constant).equals(text)) {
                return constant;
            }
        }
        throw new BadValueException("must be " + description() + ", not '" + Excerpt.of(text) + "'");
    }

    @Override
    public String print(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
