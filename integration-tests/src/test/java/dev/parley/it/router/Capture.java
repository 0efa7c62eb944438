package dev.parley.it.router;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Namespaces.Namespace;
import dev.parley.it.fixture.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What passes one device of a namespace, written by tcpdump and read by tshark. */
final class Capture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path file;
    private final RunningProgram tcpdump;

    Capture(Namespace namespace, String device) {
        try {
            file = Files.createTempFile("parley", ".pcap");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tcpdump = RunningProgram.start(namespace.words(
                "tcpdump", "-Z", "root", "-i", device, "--immediate-mode", "-U", "-w", file.toString()));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> tcpdump.errors().stream().anyMatch(line -> line.contains("listening on")));
    }

    /** One IP packet; a later fragment has no ports. */
    record Seen(
            String from,
            String to,
            int ttl,
            int trafficClass,
            boolean dontFragment,
            boolean isFragment,
            int udpLength) {
        private static Seen of(String[] columns) {
            boolean ipv4 = !columns[0].isEmpty();
            return new Seen(
                    ipv4 ? columns[0] : columns[1],
                    ipv4 ? columns[2] : columns[3],
                    Integer.decode(ipv4 ? columns[4] : columns[5]),
                    Integer.decode(ipv4 ? columns[6] : columns[7]),
                    columns[8].equals("1"),
                    columns[9].equals("1")
                            || (!columns[10].isEmpty() && !columns[10].equals("0"))
                            || !columns[12].isEmpty(),
                    columns[11].isEmpty() ? 0 : Integer.parseInt(columns[11]));
        }
    }

    /** The UDP packets so far, fragments included. */
    List<Seen> udp() {
        String rows = Command.require(
                "tshark",
                "-r",
                file.toString(),
                "-o",
                "ip.defragment:FALSE",
                "-o",
                "ipv6.defragment:FALSE",
                "-Y",
                "(udp || ip.proto == 17 || ipv6.nxt == 44) && !icmp && !icmpv6",
                "-T",
                "fields",
                "-E",
                "separator=|",
                "-e",
                "ip.src",
                "-e",
                "ipv6.src",
                "-e",
                "ip.dst",
                "-e",
                "ipv6.dst",
                "-e",
                "ip.ttl",
                "-e",
                "ipv6.hlim",
                "-e",
                "ip.dsfield",
                "-e",
                "ipv6.tclass",
                "-e",
                "ip.flags.df",
                "-e",
                "ip.flags.mf",
                "-e",
                "ip.frag_offset",
                "-e",
                "udp.length",
                "-e",
                "ipv6.fraghdr.offset");
        return rows.lines().map(row -> Seen.of(row.split("\\|", -1))).toList();
    }

    @Override
    public void close() {
        tcpdump.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
