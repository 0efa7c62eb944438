package dev.parley.it.conformance;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test method stands for: a rule of an RFC and the claim that the server keeps it. */
record Requirement(int rfc, String section, boolean isMust, String claim) implements Comparable<Requirement> {
    private static final Set<String> CAPITALS = Set.of(
            "stun",
            "turn",
            "udp",
            "tcp",
            "tls",
            "dtls",
            "xor",
            "icmp",
            "nonce",
            "realm",
            "username",
            "userhash",
            "fingerprint",
            "software",
            "lifetime",
            "data",
            "md5",
            "ecdhe");

    private static final Map<String, String> SPELLINGS = Map.of(
            "sha 256", "SHA-256", "ipv4", "IPv4", "ipv6", "IPv6", "tls12", "TLS 1.2", "tls13", "TLS 1.3", "aes gcm",
            "AES-GCM");

    static Requirement of(Method method) {
        Requirement requirement = find(method);
        if (requirement == null) {
            throw new IllegalArgumentException(method + " says neither Must nor Should");
        }
        return requirement;
    }

    static @Nullable Requirement find(Method method) {
        Must must = method.getAnnotation(Must.class);
        Should should = method.getAnnotation(Should.class);
        if (must == null && should == null) {
            return null;
        }
        String[] place = (must != null ? must.value() : should.value()).split(" ", 2);
        return new Requirement(Integer.parseInt(place[0]), place[1], must != null, words(method.getName()));
    }

    /** A method name as a sentence. */
    private static String words(String name) {
        var sentence = new StringBuilder();
        for (String word : name.split("(?=[A-Z])|(?<=[a-z])(?=[0-9]{3})", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            sentence.append(sentence.isEmpty() ? "" : " ")
                    .append(CAPITALS.contains(lower) ? lower.toUpperCase(Locale.ROOT) : lower);
        }
        String text = sentence.toString();
        for (Map.Entry<String, String> each : SPELLINGS.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text;
    }

    @Override
    public int compareTo(Requirement other) {
        int byRfc = Integer.compare(rfc, other.rfc);
        if (byRfc != 0) {
            return byRfc;
        }
        int bySection = sectionOrder(section).compareTo(sectionOrder(other.section));
        return bySection != 0 ? bySection : claim.compareTo(other.claim);
    }

    private static String sectionOrder(String section) {
        var order = new StringBuilder();
        for (String number : section.split("\\.", -1)) {
            order.append(String.format("%04d", Integer.parseInt(number)));
        }
        return order.toString();
    }
}
