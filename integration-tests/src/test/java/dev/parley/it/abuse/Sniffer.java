package dev.parley.it.abuse;

import dev.parley.it.fixture.RunningProgram;
import java.time.Duration;
import java.util.List;

/** Sees every UDP datagram that leaves from the relay ports on any interface, by tcpdump. */
final class Sniffer implements AutoCloseable {
    private final RunningProgram tcpdump;

    private Sniffer(RunningProgram tcpdump) {
        this.tcpdump = tcpdump;
    }

    static Sniffer start() {
        var builder = new ProcessBuilder(
                "tcpdump", "--immediate-mode", "-lnqi", "any", "udp and src portrange " + RelayUnderAttack.RELAY_PORTS);
        var program = RunningProgram.start(builder.redirectErrorStream(true));
        program.awaitOutput(line -> line.contains("listening on"), Duration.ofSeconds(10));
        return new Sniffer(program);
    }

    /** The datagrams seen so far, one a line. */
    List<String> seen() {
        return tcpdump.output().stream().filter(line -> line.contains(" UDP, ")).toList();
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
