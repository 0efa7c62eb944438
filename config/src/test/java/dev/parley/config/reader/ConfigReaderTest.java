package dev.parley.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.PortRange;
import dev.parley.config.RelayScopeMode;
import dev.parley.config.ServerConfig;
import dev.parley.ice.address.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";

    @TempDir
    Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("parley.yaml");
    }

    @Test
    void nothingSetIsTheDefaults() {
        assertThat(loaded(ConfigReader.read(null, Map.of(), List.of())).config())
                .isEqualTo(Defaults.CONFIG);
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        assertThat(accepted("# nothing\n")).isEqualTo(Defaults.CONFIG);
        assertThat(accepted("http:\nturn:\n  peers:\n")).isEqualTo(Defaults.CONFIG);
    }

    @Test
    void everyKindOfValueIsRead() {
        ServerConfig config = accepted("""
            http: {port: 80}
            turn:
              relay-ports: 50000-50100
              credential-ttl: 90m
              public-host: turn.example.org
              peers:
                allow: [10.1.0.0/16, "fd00::/8"]
                deny: 9.9.9.0/24, 8.8.8.8
            relay:
              scope: public
            state-dir: /srv/parley
            """);

        assertThat(config.http().port()).isEqualTo(80);
        assertThat(config.turn().relayPorts()).isEqualTo(new PortRange(50000, 50100));
        assertThat(config.turn().credentialTtl()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.turn().publicHost()).isEqualTo("turn.example.org");
        assertThat(config.turn().peers().allow()).containsExactly(Cidr.parse("10.1.0.0/16"), Cidr.parse("fd00::/8"));
        assertThat(config.turn().peers().deny()).containsExactly(Cidr.parse("9.9.9.0/24"), Cidr.parse("8.8.8.8/32"));
        assertThat(config.relay().scope()).isEqualTo(RelayScopeMode.PUBLIC);
        assertThat(config.stateDir()).isEqualTo(Path.of("/srv/parley"));
    }

    @Test
    void theEnvironmentOverridesTheFileAndSetOverridesBoth() {
        write("turn: {port: 1001, threads: 1, realm: one}\n");
        Map<String, String> environment = Map.of("PARLEY_TURN_PORT", "1002", "PARLEY_TURN_THREADS", "2");

        ConfigResult.Loaded loaded = loaded(ConfigReader.read(file, environment, List.of("turn.port=1003")));

        assertThat(loaded.config().turn().port()).isEqualTo(1003);
        assertThat(loaded.config().turn().threads()).isEqualTo(2);
        assertThat(loaded.config().turn().realm()).isEqualTo("one");
        assertThat(loaded.origin("turn.port")).hasToString("--set turn.port");
        assertThat(loaded.origin("turn.threads")).hasToString("environment variable PARLEY_TURN_THREADS");
        assertThat(loaded.origin("turn.realm")).hasToString(file + " line 1");
        assertThat(loaded.origin("http.port")).hasToString("default");
    }

    @Test
    void theLastOfTwoSetsHoldsAndAnEmptyOneUnsets() {
        List<String> assignments =
                List.of("turn.port=1", "turn.port=2", "turn.public-host=a", "turn.public-host=", "http.listen=");

        ServerConfig config =
                loaded(ConfigReader.read(null, Map.of(), assignments)).config();

        assertThat(config.turn().port()).isEqualTo(2);
        assertThat(config.turn().publicHost()).isNull();
        assertThat(config.http().listen()).isEmpty();
    }

    @Test
    void allProblemsAreReportedAtOnceEachWithItsOrigin() {
        write("""
            htp:
              port: 80
            turn:
              port: 65536
              prt: 1
              port: 5
              peers:
                allow: [10.0.0.0/33]
              relay-ports: 60000-50000
            turn: {}
            """);

        List<String> problems = refused(ConfigReader.read(
                file,
                Map.of("PARLEY_HTTP_PORT", "-1"),
                List.of("turn.realm=", "relay.scop=room", "nonsense", "turn=1")));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        file + " line 1: unknown key htp, did you mean http?",
                        file + " line 4: turn.port must be between 1 and 65535, not '65536'",
                        file + " line 5: unknown key turn.prt, did you mean turn.port?",
                        file + " line 6: turn.port is already set on line 4",
                        file + " line 8: turn.peers.allow must be a CIDR block such as 10.0.0.0/8 or fd00::/8,"
                                + " not '10.0.0.0/33'",
                        file + " line 9: turn.relay-ports must be a port range such as 49152-65535, within 1024-65535,"
                                + " not '60000-50000'",
                        file + " line 10: turn is already set on line 3",
                        "environment variable PARLEY_HTTP_PORT: http.port must be between 1 and 65535, not '-1'",
                        "--set turn.realm: turn.realm needs a value: a text without control characters",
                        "--set relay.scop: unknown key relay.scop, did you mean relay.scope?",
                        "--set nonsense: must be written KEY=VALUE",
                        "--set turn: turn is a section with keys of its own, not a key");
    }

    /** A file of one line, and below it what is said about that line. */
    private static final String MISTAKES = """
        port: 80
            unknown key port, did you mean http.port?
        turn: 3478
            turn is a section with keys of its own, not a value
        turn: [1]
            turn is a section with keys of its own, not a list
        turn.port: 1
            unknown key turn.port, write it as sections: 'turn:' and below it 'port:'
        turn: {port: [1]}
            turn.port takes one value, not a list
        turn: {port: {a: 1}}
            turn.port takes a value, not a section
        turn: {listen: [[1]]}
            turn.listen takes a list of plain values
        turn: {port: yes}
            turn.port must be a whole number, not 'yes'
        turn: {port: 010}
            turn.port must be a whole number, not '010'
        turn: {port: 3_478}
            turn.port must be a whole number, not '3_478'
        turn: {port: 3478.0}
            turn.port must be a whole number, not '3478.0'
        turn: {port: 99999999999}
            turn.port must be a whole number, not '99999999999'
        turn: {port: }
            turn.port needs a value: a whole number
        turn: {credential-ttl: 5}
            turn.credential-ttl must be a duration such as 30s, 5m or 1h, not '5'
        turn: {credential-ttl: 25h}
            turn.credential-ttl must be between 1m and 24h, not '25h'
        relay: {scope: Room}
            relay.scope must be one of room, public, not 'Room'
        turn: {listen: [host]}
            turn.listen must be an IPv4 or IPv6 address, not 'host'
        turn: {secret: short}
            turn.secret is too short: 5 characters, at least 32 needed (openssl rand -hex 32)
        - a
            a configuration is made of sections and keys, not a list
        hello
            a configuration is made of sections and keys, such as 'turn:'
        admin: {port: 8080}
            admin.port is the same port as http.port: 8080
        turn: {public-host: 'http://x'}
            turn.public-host must be a host name or an address, without scheme and port
        http: {allowed-origins: 'https://x.org/'}
            http.allowed-origins must be written https://host or https://host:port, nothing after it
        turn: {relay-ports: 2000-4000}
            turn.relay-ports contains turn.port 3478
        turn: {external-address: '1.1.1.1,2.2.2.2'}
            turn.external-address takes at most one IPv4 address
        turn: {relay-address: '10.0.0.1,10.0.0.1'}
            turn.relay-address names an address twice
        turn: {relay-address: '10.0.0.1,10.0.0.2', external-address: 1.1.1.1}
            turn.external-address must say which of several relay addresses 1.1.1.1 stands for: external/internal
        turn: {external-address: '1.1.1.1/10.0.0.1,2.2.2.2/10.0.0.1'}
            turn.external-address names the internal address 10.0.0.1 twice
        turn: {external-address: '1.1.1.1/fd00::1'}
            turn.external-address must be an address, or two of one family as external/internal, not '1.1.1.1/fd00::1'
        turn: {peers: {deny: 10.0.0.0/33}}
            turn.peers.deny must be a CIDR block such as 10.0.0.0/8 or fd00::/8, not '10.0.0.0/33'
        turn: {peers: {deny-ports: 65536}}
            turn.peers.deny-ports must be a port or ports such as 1900 or 1-1023, not '65536'
        turn: {peers: {deny-ports: 9-1}}
            turn.peers.deny-ports must be a port or ports such as 1900 or 1-1023, not '9-1'
        turn: {quota: {per-user: 9000}}
            turn.quota.per-user is larger than turn.quota.total
        limits: {heartbeat-seconds: 60}
            limits.heartbeat-seconds must be smaller than limits.silence-seconds
        """;

    static Stream<Arguments> mistakes() {
        List<String> lines = MISTAKES.lines().map(String::strip).toList();
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(row -> Arguments.of(lines.get(2 * row), lines.get(2 * row + 1)));
    }

    @Test
    void aNat64PrefixOfAnotherLengthIsRefused() {
        write("turn: {peers: {nat64-prefixes: '2a00:64::/33'}}");

        assertThat(refused(ConfigReader.read(file, Map.of(), List.of())))
                .singleElement()
                .asString()
                .contains("line 1: turn.peers.nat64-prefixes is wrong: 2a00:64::/33 is no NAT64 prefix");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsLine(String yaml, String problem) {
        write(yaml);

        assertThat(refused(ConfigReader.read(file, Map.of(), List.of()))).containsExactly(file + " line 1: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"turn: {", "a: b: c", "\tx: 1", "a: *b", "--- {}\n--- {}", "%", "a: 'x", "\u0000", "a: &b [*b]"})
    void whatIsNoPlainYamlIsRefusedWithALine(String yaml) {
        write(yaml);

        assertThat(refused(ConfigReader.read(file, Map.of(), List.of())))
                .singleElement()
                .asString()
                .startsWith(file + " line ");
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithTheReason() {
        assertThat(refused(ConfigReader.read(directory.resolve("none"), Map.of(), List.of())))
                .containsExactly("cannot read configuration file " + directory.resolve("none") + ": no such file");
        assertThat(refused(ConfigReader.read(directory, Map.of(), List.of())))
                .containsExactly("cannot read configuration file " + directory + ": is a directory");
    }

    @Test
    void noProblemEverQuotesASecret() {
        write("turn: {secret: [" + SECRET + "]}\n");
        assertThat(refused(ConfigReader.read(file, Map.of(), List.of("turn.secret=changeme" + SECRET))))
                .noneMatch(problem -> problem.contains("0123456789"));
    }

    @Test
    void aSecretOnTheCommandLineIsTakenWithAWarning() {
        ConfigResult.Loaded loaded = loaded(ConfigReader.read(null, Map.of(), List.of("turn.secret=" + SECRET)));

        assertThat(loaded.config().turn().secret()).hasSize(1);
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("PARLEY_TURN_SECRET")
                .doesNotContain(SECRET);
    }

    @Test
    void aVariableThatSetsNothingIsAWarningOnly() {
        ConfigResult.Loaded loaded = loaded(ConfigReader.read(
                null, Map.of("PARLEY_TURN_PROT", "1", "PARLEY_JAVA_HOME", "/x", "PATH", "/bin"), List.of()));

        assertThat(loaded.config()).isEqualTo(Defaults.CONFIG);
        assertThat(loaded.warnings())
                .extracting(Problem::toString)
                .containsExactly("environment variable PARLEY_TURN_PROT: sets no key, did you mean PARLEY_TURN_PORT?");
    }

    private ServerConfig accepted(String yaml) {
        write(yaml);
        return loaded(ConfigReader.read(file, Map.of(), List.of())).config();
    }

    private void write(String yaml) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ConfigResult.Loaded loaded(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return (ConfigResult.Loaded) result;
    }

    private static List<String> refused(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Refused.class);
        return ((ConfigResult.Refused) result)
                .problems().stream().map(Problem::toString).toList();
    }
}
