package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.fixture.TurnClient;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The process listens where its documentation says and nowhere else, and its relay does not lead back to its own
 * ports, even where the operator lets clients reach loopback (CVE-2018-4059 and CVE-2021-21382 in other servers).
 */
@Needs(Need.SOCKET_STATISTICS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketsIT {
    private static final int FORBIDDEN = 403;
    private static final int UNIX_COLUMNS_WITHOUT_PATH = 7;

    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
            .set("turn.tcp-relay", true)
            .start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @Test
    void row03ItListensOnTheDocumentedPortsOnly() {
        Set<Integer> documented = Set.copyOf(ownPorts());
        assertThat(listeners()).extracting(Listener::port).allMatch(documented::contains);
        assertThat(listeners()).anyMatch(it -> it.is("tcp", parley.httpPort()));
        assertThat(listeners()).anyMatch(it -> it.is("udp", parley.turnPort()));
    }

    @Test
    void row03TheAdminPortIsOpenOnLoopbackOnly() {
        List<Listener> admin = listeners().stream()
                .filter(it -> it.port() == parley.adminPort())
                .toList();
        assertThat(admin).isNotEmpty();
        assertThat(admin)
                .allMatch(
                        it -> it.address().contains("127.0.0.1") || it.address().contains("[::1]"));
    }

    @Test
    void aRelaySocketAppearsWithItsAllocationAndGoesWithIt() {
        try (var client = client()) {
            int relayPort = client.allocate().port();
            assertThat(listeners()).anyMatch(it -> it.is("udp", relayPort));

            assertThat(client.refresh(Duration.ZERO).isSuccess()).isTrue();
            assertThat(listeners()).noneMatch(it -> it.is("udp", relayPort));
        }
    }

    @Test
    void row03TheRelayDoesNotLeadToTheServersOwnPorts() {
        for (int port : ownPorts()) {
            for (String address : List.of("127.0.0.1", "127.0.0.2")) {
                try (var client = client()) {
                    client.allocate();
                    TransportAddress own = TransportAddress.parse(address + ":" + port);
                    assertThat(client.bindChannel(0x4000, own).code())
                            .as("channel to %s", own)
                            .isEqualTo(FORBIDDEN);
                    assertThat(client.permit(own).code())
                            .as("permission for %s", own)
                            .isEqualTo(FORBIDDEN);
                    // The next client may get this one's port.
                    client.refresh(Duration.ZERO);
                }
            }
        }
    }

    @Test
    void aSendIndicationDoesNotReachTheServersOwnRelayPort() {
        byte[] binding = new byte[20]; // A Binding request, which the listener would answer.
        binding[1] = 1;
        binding[4] = 0x21;
        binding[5] = 0x12;
        binding[6] = (byte) 0xA4;
        binding[7] = 0x42;
        try (var client = client()) {
            client.allocate();
            // Another port of the address may be permitted; the permission is for the address alone.
            assertThat(client.permit(TransportAddress.parse("127.0.0.1:9")).isSuccess())
                    .isTrue();
            client.send(TransportAddress.parse("127.0.0.1:" + parley.turnPort()), binding);
            assertThat(client.receive(Duration.ofMillis(500))).isNull();
        }
    }

    /** Not only what listens: whatever socket the process has open, by its inode. */
    @Test
    void row03EverySocketOfTheProcessIsADocumentedOne() throws IOException {
        Set<String> inodes = socketInodes();
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            Files.readAllLines(Path.of("/proc/" + parley.pid() + "/net/" + table)).stream()
                    .skip(1)
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> inodes.remove(columns[9]))
                    .forEach(columns ->
                            ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16)));
        }
        System.out.println("row 3: ports " + ports + ", other sockets " + inodes);
        assertThat(ports).isEqualTo(new TreeSet<>(ownPorts()));
        // Java keeps half of a nameless pair, which nobody can connect to.
        Files.readAllLines(Path.of("/proc/" + parley.pid() + "/net/unix")).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length == UNIX_COLUMNS_WITHOUT_PATH)
                .forEach(columns -> inodes.remove(columns[6]));
        assertThat(inodes).as("sockets of other kinds, or with a name").isEmpty();
    }

    private Set<String> socketInodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + parley.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private List<Integer> ownPorts() {
        int tlsPort = Integer.parseInt(parley.setting("turn.tls-port"));
        return List.of(parley.httpPort(), parley.turnPort(), tlsPort, parley.adminPort());
    }

    private TurnClient client() {
        return new TurnClient(parley.turnAddress(), Credentials.of("ann"));
    }

    /** One line of {@code ss}: protocol and local address. */
    private record Listener(String protocol, String address, int port) {
        boolean is(String otherProtocol, int otherPort) {
            return protocol.equals(otherProtocol) && port == otherPort;
        }
    }

    private List<Listener> listeners() {
        Stream<String> lines =
                Command.require("ss", "-H", "-l", "-n", "-p", "-t", "-u").lines();
        return lines.filter(line -> line.contains("pid=" + parley.pid() + ","))
                .map(line -> line.trim().split("\\s+"))
                .map(columns -> {
                    int colon = columns[4].lastIndexOf(':');
                    return new Listener(
                            columns[0],
                            columns[4].substring(0, colon),
                            Integer.parseInt(columns[4].substring(colon + 1)));
                })
                .collect(Collectors.toList());
    }
}
