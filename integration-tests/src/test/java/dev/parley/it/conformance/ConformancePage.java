package dev.parley.it.conformance;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.wire.Transport;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes docs/conformance.md from the tests themselves and what was recorded of other servers. */
final class ConformancePage {
    private static final List<Class<? extends Suite>> CLASSES = List.of(
            MessageFormatIT.class,
            DatagramsIT.class,
            ConnectionsIT.class,
            UdpIT.class,
            DtlsIT.class,
            BindingIT.class,
            AuthenticationIT.class,
            PasswordAlgorithmsIT.class,
            AllocateIT.class,
            RefreshIT.class,
            PermissionIT.class,
            SendAndDataIT.class,
            ChannelIT.class,
            SecuredTransportIT.class);

    private static final String BEFORE = """
        # Conformance

        <!-- Generated from the conformance suite; a test fails when this page and the suite differ. -->

        One test for each requirement of RFC 8489 (STUN) and RFC 8656 (TURN) that a black box shows, over UDP,
        TCP, TLS and DTLS. The suite speaks with a codec of its own, so that it and Parley cannot be wrong
        together. Parley passes all of it in every build, except where it deviates on purpose: the suite
        expects those deviations, and [deviations.md](deviations.md) gives the reasons. The other columns were
        recorded once.

        Beside the suite, other programs are clients of Parley in every build: the tools of coturn over all transports,
        `openssl s_client`, `gnutls-cli`, ice4j, and two browsers. Two addresses in one allocation are shown by the
        suite alone: the tool of coturn before 4.9 (`turnutils_uclient -Z`) asks for the second with the attribute
        number of a draft, 0x8032, which means nothing in RFC 8656 and is ignored as such; it gets one address, and 443
        when it refreshes the other.
        MESSAGE-INTEGRITY-SHA256, PASSWORD-ALGORITHMS, USERHASH and ALTERNATE-DOMAIN, too, are shown by the suite's own
        client: of the other programs none speaks them.

        ## Running it

        Against Parley, which is started for it:

        ```sh
        ./parley test -pl integration-tests -am -Dit.test='dev.parley.it.conformance.*IT' -DfailIfNoTests=false
        ```

        Against any other server, by address and credential. What is left out is not tested:

        ```sh
        ./parley test -pl integration-tests -am -Dit.test='dev.parley.it.conformance.*IT' \\
          -Dconformance.server=192.0.2.1:3478 -Dconformance.tcp=192.0.2.1:3478 \\
          -Dconformance.tls=192.0.2.1:5349 -Dconformance.dtls=192.0.2.1:5349 \\
          -Dconformance.user=ann -Dconformance.password=secret -Dconformance.peer=198.51.100.7 \\
          -Dconformance.record=other.tsv
        ```

        | property | meaning |
        |---|---|
        | `conformance.server`, `.tcp`, `.tls`, `.dtls` | address and port for UDP and for the other transports |
        | `conformance.secret` | shared secret of time-limited credentials; each test is a user of its own |
        | `conformance.user`, `.password` | one user instead; tests that need two are left out |
        | `conformance.peer`, `.peer6` | addresses of the machine with the suite, to which the server relays |
        | `conformance.quota` | allocations that the server grants one user, if it limits them |
        | `conformance.record` | file for the outcomes |

        The recordings of coturn were made on loopback, with `--use-auth-secret --user-quota 12 --allow-loopback-peers
        --denied-peer-ip 10.0.0.0-10.255.255.255`, and `--dtls` for 4.17.1.

        `yes` means: over every transport that was tested. `-` means: not tested, because the server does not offer it.
        """;

    private final Map<Requirement, Method> methodByRequirement = new TreeMap<>();

    ConformancePage() {
        for (Class<?> suite : CLASSES) {
            for (Method method : suite.getDeclaredMethods()) {
                Requirement requirement = Requirement.find(method);
                if (requirement != null && methodByRequirement.put(requirement, method) != null) {
                    throw new IllegalStateException("twice: " + requirement);
                }
            }
        }
    }

    /** The whole page. */
    String text() throws IOException {
        var coturn461 = recorded("coturn-4.6.1.tsv");
        var coturn4171 = recorded("coturn-4.17.1.tsv");
        var page = new StringBuilder(BEFORE);
        String section = "";
        for (Map.Entry<Requirement, Method> each : methodByRequirement.entrySet()) {
            Requirement requirement = each.getKey();
            String title = "RFC " + requirement.rfc() + " section " + requirement.section();
            if (!title.equals(section)) {
                page.append("\n### ").append(title).append("\n\n");
                page.append("| requirement | level | Parley | coturn 4.6.1 | coturn 4.17.1 |\n|---|---|---|---|---|\n");
                section = title;
            }
            String key = Recording.key(requirement);
            page.append(String.join(
                            " | ",
                            "| " + requirement.claim(),
                            requirement.isMust() ? "MUST" : "SHOULD",
                            parley(each.getValue()),
                            cell(coturn461.getOrDefault(key, Map.of())),
                            cell(coturn4171.getOrDefault(key, Map.of())) + " |"))
                    .append('\n');
        }
        return page.toString();
    }

    private static Map<String, Map<Transport, String>> recorded(String file) throws IOException {
        return Recording.read(recordings().resolve(file));
    }

    private static Path recordings() {
        return Checkout.root().resolve("integration-tests/src/test/resources/conformance");
    }

    private static String parley(Method method) {
        Deviation deviation = method.getAnnotation(Deviation.class);
        if (deviation == null) {
            return "yes";
        }
        String over = Arrays.stream(deviation.over()).map(Enum::name).collect(Collectors.joining(", "));
        return "[on purpose not](deviations.md)" + (over.isEmpty() ? "" : " over " + over) + ": " + deviation.value();
    }

    private static String cell(Map<Transport, String> faults) {
        if (faults.isEmpty()) {
            return "-";
        }
        Map<Transport, String> bad = new EnumMap<>(Transport.class);
        faults.forEach((transport, fault) -> {
            if (!fault.isEmpty()) {
                bad.put(transport, fault);
            }
        });
        if (bad.isEmpty()) {
            return "yes";
        }
        String over = bad.size() == faults.size()
                ? ""
                : " over " + bad.keySet().stream().map(Enum::name).collect(Collectors.joining(", "));
        return "no" + over + ": " + bad.values().iterator().next().replace("|", "/");
    }
}
