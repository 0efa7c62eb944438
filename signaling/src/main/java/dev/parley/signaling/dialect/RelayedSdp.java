package dev.parley.signaling.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes all addresses but those of relays out of candidates (RFC 8839 section 5.1) and session descriptions (RFC 8866).
 * What it does not understand goes, too.
 */
final class RelayedSdp {
    private static final String CANDIDATE = "candidate:";
    private static final String ATTRIBUTE = "a=";

    /** RFC 8839 section 5.1: foundation, component, transport, priority, address, port, "typ", type. */
    private static final int ADDRESS_FIELD = 4;

    private static final int TYP_FIELD = 6;
    private static final int TYPE_FIELD = 7;

    private static final Pattern MENTION = Pattern.compile("candidate:\\S+\\s+\\d+\\s+\\S+\\s+\\d+\\s+\\S+");
    private static final Pattern MEDIA_PORT = Pattern.compile("^(?<media>m=\\S+ )[1-9]\\d*");
    private static final Pattern LINE_END = Pattern.compile("(?<=\n)|(?<=\r)(?!\n)");

    private RelayedSdp() {}

    /** Whether it is the line of one candidate, with or without its {@code a=}. */
    static boolean isCandidate(String text) {
        String line = text.strip();
        return (line.startsWith(CANDIDATE) || line.startsWith(ATTRIBUTE + CANDIDATE))
                && line.indexOf('\n') < 0
                && line.indexOf('\r') < 0;
    }

    /** Whether it is a description, or the lines of one. */
    static boolean isDescription(String text) {
        return text.startsWith("v=0") || text.contains(ATTRIBUTE + CANDIDATE);
    }

    /** Whether there is a candidate somewhere in the text. */
    static boolean mentionsCandidate(String text) {
        return MENTION.matcher(text).find();
    }

    /** The candidate without the address that it relates to; null if it is none of a relay. */
    static @Nullable String candidate(String line) {
        String[] fields = line.strip().split(" +", -1);
        boolean relayed = fields.length > TYPE_FIELD
                && fields[TYP_FIELD].toLowerCase(Locale.ROOT).equals("typ")
                && fields[TYPE_FIELD].toLowerCase(Locale.ROOT).equals("relay");
        if (!relayed) {
            return null;
        }
        for (int i = TYPE_FIELD + 1; i + 1 < fields.length; i += 2) {
            switch (fields[i].toLowerCase(Locale.ROOT)) {
                case "raddr" -> fields[i + 1] = fields[ADDRESS_FIELD].contains(":") ? "::" : "0.0.0.0";
                case "rport" -> fields[i + 1] = "9";
                default -> {}
            }
        }
        return String.join(" ", fields);
    }

    /** The description without lines about other candidates, and with no address and port 9 (RFC 8840) elsewhere. */
    static String description(String description) {
        List<String> kept = new ArrayList<>();
        for (String whole : LINE_END.splitAsStream(description).toList()) {
            String line = whole.stripTrailing();
            String hidden = line(line);
            if (hidden != null) {
                kept.add(hidden + whole.substring(line.length()));
            }
        }
        return String.join("", kept);
    }

    private static @Nullable String line(String line) {
        if (line.startsWith(ATTRIBUTE + CANDIDATE)) {
            return candidate(line);
        }
        if (line.startsWith("a=remote-candidates:")) {
            return null;
        }
        if (line.startsWith("c=") || line.startsWith("o=") || line.startsWith("a=rtcp:")) {
            return withoutPort(withoutAddress(line));
        }
        if (line.startsWith("m=")) {
            return MEDIA_PORT.matcher(line).replaceFirst("${media}9");
        }
        return mentionsCandidate(line) ? null : line;
    }

    private static String withoutAddress(String line) {
        return line.replaceFirst("IN IP6 .*", "IN IP6 ::").replaceFirst("IN IP4 .*", "IN IP4 0.0.0.0");
    }

    private static String withoutPort(String line) {
        return line.replaceFirst("^a=rtcp:\\d+", "a=rtcp:9");
    }
}
