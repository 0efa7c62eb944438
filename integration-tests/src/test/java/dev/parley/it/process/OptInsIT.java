package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.PluginJar;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Link;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import dev.parley.turn.users.UsersProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator may switch on, with the real process: requests of RFC 3489, users of a file and of a plug-in, and
 * another server to go to. One server has it all; the other is full and sends its clients to the first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OptInsIT {
    private static final Login OF_FILE = new Login("ann", "a long-term password");
    private static final Login OF_PLUGIN = new Login("plugged", "in");
    private static final Login ANYBODY = Login.timeLimited("ben", ParleyProcess.SECRET);

    private static final String PLUGIN = """
        import dev.parley.ice.credential.*;
        import dev.parley.turn.core.*;
        import java.util.List;

        public class OneUser implements dev.parley.turn.users.UsersProvider {
            public String name() {
                return "one-user";
            }

            public Users open(String realm, Revocation revocation) {
                return new Users() {
                    public UserDecision find(String username, KeyAlgorithm algorithm) {
                        return username.equals("plugged")
                                ? new UserDecision.Known(username, List.of(key(username, realm, algorithm)))
                                : new UserDecision.Unknown();
                    }

                    public Standing standing(String username, String name) {
                        return username.equals("plugged") ? Standing.GOOD : Standing.GONE;
                    }
                };
            }

            private static LongTermKey key(String username, String realm, KeyAlgorithm algorithm) {
                return algorithm == KeyAlgorithm.SHA256
                        ? LongTermKey.ofPasswordSha256(username, realm, "in")
                        : LongTermKey.ofPassword(username, realm, "in");
            }
        }
        """;

    @TempDir
    private static Path plugins = Path.of("set by JUnit");

    private final Path usersFile = SecretFile.with(OF_FILE.username() + ":" + OF_FILE.password() + "\n");
    private @Nullable ParleyProcess open;
    private @Nullable ParleyProcess full;

    @BeforeAll
    void bothServersRun() throws IOException {
        PluginJar.make(plugins, UsersProvider.class, "OneUser", PLUGIN);
        open = ParleyProcess.loopbackPlan()
                .environment("PARLEY_PLUGINS", plugins.toString())
                .set("turn.users-provider", "one-user")
                .set("turn.users-file", usersFile)
                .set("turn.rfc3489", true)
                .set("turn.limits.channel-numbers", "rfc-5766")
                .start();
        int twoPorts = FreePorts.find();
        full = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
                .set("turn.relay-ports", twoPorts + "-" + (twoPorts + 1))
                .set("turn.threads", 1)
                .set("turn.alternate-server", "127.0.0.1:" + open().turnPort())
                .set("turn.alternate-domain", "other.example")
                .start();
    }

    @AfterAll
    void everythingEndsWell() {
        full().close();
        open().close();
    }

    private ParleyProcess open() {
        return Objects.requireNonNull(open);
    }

    private ParleyProcess full() {
        return Objects.requireNonNull(full);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Client client(ParleyProcess server, Transport transport, Login login) {
        InetSocketAddress address = transport == Transport.TLS
                ? Objects.requireNonNull(EveryTransport.addresses(server).get(transport))
                : server.turnAddress();
        return new Client(Link.open(transport, anyPort(), address), transport, login, true);
    }

    @Test
    void aRequestOfRfc3489IsAnsweredOnlyWhereTheOperatorWantsIt() {
        // A transaction id of 16 bytes, where newer clients have the magic cookie in the first four.
        byte[] request = HexFormat.of().parseHex("00010000" + "0102030405060708090a0b0c0d0e0f10");
        try (Link link = Link.open(Transport.UDP, anyPort(), open().turnAddress())) {
            link.send(request);
            byte[] answer = Objects.requireNonNull(link.receive(Duration.ofSeconds(5)));
            assertThat(HexFormat.of().formatHex(answer)).startsWith("0101");
            assertThat(Arrays.copyOfRange(answer, 4, 20)).isEqualTo(Arrays.copyOfRange(request, 4, 20));
            Message.Part mapped = new Message(answer).require(Wire.MAPPED_ADDRESS);
            assertThat(plainAddress(mapped)).isEqualTo(link.local());
        }
        try (Client client = client(full(), Transport.UDP, ANYBODY)) {
            client.expectSilenceAbout(request);
        }
    }

    @Test
    void aUserOfAPluginIsLetInAndSoAreAllOthers() {
        for (Login login : List.of(OF_PLUGIN, ANYBODY)) {
            try (Client client = client(open(), Transport.UDP, login)) {
                client.allocate();
                client.refresh(0).expectSuccess();
            }
        }
        try (Client client = client(open(), Transport.UDP, new Login("plugged", "out"))) {
            client.ask(Client.bareAllocate()).expect(401);
        }
    }

    @Test
    void row16AUserWhoIsTakenOutOfTheFileLosesTheAllocation() throws IOException {
        try (Client client = client(open(), Transport.UDP, OF_FILE);
                Client other = client(open(), Transport.UDP, OF_PLUGIN)) {
            client.allocate();
            other.allocate();
            Files.writeString(usersFile, "somebody:else entirely\n");
            long start = System.nanoTime();
            Command.require("kill", "-HUP", Long.toString(open().pid()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> client.ask(Packet.request(Wire.REFRESH)).code() != 0);
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println("row 16: the allocation of a user taken out was gone after " + millis + " ms");
            client.ask(Client.bareAllocate()).expect(401);
            other.refresh(600).expectSuccess();
        }
    }

    /** coturn's client asks the first server, goes where it is sent, and relays there. */
    @Test
    @Needs(Need.COTURN_TOOLS)
    void aFullServerSendsItsClientsToAnother() {
        try (Client first = client(full(), Transport.UDP, ANYBODY);
                Client second = client(full(), Transport.UDP, ANYBODY)) {
            first.allocate();
            second.allocate();
            try (Client late = client(full(), Transport.UDP, Login.timeLimited("late", ParleyProcess.SECRET))) {
                Message answer = late.ask(Client.bareAllocate()).expect(300);
                assertThat(plainAddress(answer.require(Wire.ALTERNATE_SERVER))).isEqualTo(open().turnAddress());
                assertThat(answer.isSignedBy(late.key())).isTrue();
                assertThat(answer.has(Wire.ALTERNATE_DOMAIN)).isFalse();
            }
            expectTheDomainOverTls();
            String output = Command.require(List.of(
                    "turnutils_uclient",
                    "-y",
                    "-c",
                    "-m",
                    "2",
                    "-n",
                    "3",
                    "-u",
                    "ben",
                    "-W",
                    ParleyProcess.SECRET,
                    "-p",
                    Integer.toString(full().turnPort()),
                    "127.0.0.1"));
            assertThat(output).contains("error 300").contains("Total lost packets 0 (0.000000%)");
        }
    }

    /** RFC 8489 section 14.16: for clients that came over TLS, and know the attribute. */
    private void expectTheDomainOverTls() {
        try (Client late = client(full(), Transport.TLS, Login.timeLimited("later", ParleyProcess.SECRET))) {
            Message answer =
                    late.exchange(late.signedWithSha256(Client.bareAllocate())).expect(300);
            assertThat(answer.text(Wire.ALTERNATE_DOMAIN)).isEqualTo("other.example");
        }
    }

    /** An address that is not masked. */
    private static InetSocketAddress plainAddress(Message.Part part) {
        byte[] value = part.bytes();
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOfRange(value, 4, value.length)),
                    part.value().getShort(part.value().position() + 2) & 0xFFFF);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
