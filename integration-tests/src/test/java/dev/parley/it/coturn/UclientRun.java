package dev.parley.it.coturn;

import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run of coturn's client: how it gets to the server, as whom, and what it asks for with which options. */
record UclientRun(Transport transport, boolean toIpv6, User user, List<String> options) {
    private static final int CLIENTS = 2;
    private static final int MESSAGES = 5;

    /** Whom the server takes it for. */
    enum User {
        LONG_TERM,
        TIME_LIMITED,
        /** With an access token of RFC 7635 of its own making; a new one for each allocation. */
        TOKEN
    }

    static UclientRun of(Transport transport, String... options) {
        return new UclientRun(transport, false, User.TIME_LIMITED, List.of(options));
    }

    static UclientRun toIpv6(Transport transport, String... options) {
        return new UclientRun(transport, true, User.TIME_LIMITED, List.of(options));
    }

    UclientRun as(User other) {
        return new UclientRun(transport, toIpv6, other, options);
    }

    /**
     * What the tool complains of. It leaves allocations behind, and takes another port when the system gives it that
     * of one of them and the relay says 437, as it has to; and it tries old versions of TLS and DTLS, and is told to
     * take another.
     */
    static List<String> errorsIn(String output) {
        return output.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
                .filter(line -> !line.contains("error 437") && !line.contains("alert protocol version"))
                .toList();
    }

    /** With -T and -P the relayed addresses are peers of each other. */
    private boolean relaysTcp() {
        return options.contains("-T") || options.contains("-P");
    }

    List<String> words(int port, int peerPort) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient"));
        words.addAll(options);
        if (transport.isStream()) {
            words.add("-t");
        }
        if (transport == Transport.TLS || transport == Transport.DTLS) {
            words.add("-S");
        }
        if (toIpv6) {
            words.add("-x");
        }
        if (!relaysTcp()) {
            words.addAll(List.of("-e", toIpv6 ? "::1" : "127.0.0.1", "-r", Integer.toString(peerPort)));
        }
        words.addAll(
                switch (user) {
                    case LONG_TERM -> List.of("-u", "ann", "-w", "a long-term password");
                    case TIME_LIMITED -> List.of("-u", "ben", "-W", ParleyProcess.SECRET);
                    case TOKEN -> List.of("-J");
                });
        words.addAll(List.of("-m", Integer.toString(CLIENTS), "-n", Integer.toString(MESSAGES), "-l", "170"));
        words.addAll(List.of("-p", Integer.toString(port), "127.0.0.1"));
        return words;
    }

    @Override
    public String toString() {
        return String.join(" ", transport.name(), toIpv6 ? "IPv6" : "IPv4", user.name(), String.join(" ", options));
    }
}
