package dev.parley.it.conformance;

import dev.parley.it.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How the requirements ended on one server over each transport: an empty text is success, any other the fault. */
final class Recording {
    private final Map<Requirement, Map<Transport, String>> outcomes = new TreeMap<>();

    synchronized void add(Requirement requirement, Transport transport, String fault) {
        outcomes.computeIfAbsent(requirement, key -> new EnumMap<>(Transport.class))
                .put(transport, fault);
    }

    /** One line for a requirement and transport, in columns between tabs. */
    synchronized void write(Path file) {
        var lines = new StringBuilder();
        outcomes.forEach((requirement, byTransport) -> byTransport.forEach((transport, fault) ->
                lines.append(String.join("\t", key(requirement), transport.name(), fault) + "\n")));
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Map<Transport, String>> read(Path file) throws IOException {
        Map<String, Map<Transport, String>> faults = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t", -1);
            faults.computeIfAbsent(columns[0] + "\t" + columns[1], key -> new EnumMap<>(Transport.class))
                    .put(Transport.valueOf(columns[2]), columns[3]);
        }
        return faults;
    }

    static String key(Requirement requirement) {
        return requirement.rfc() + " " + requirement.section() + "\t" + requirement.claim();
    }
}
