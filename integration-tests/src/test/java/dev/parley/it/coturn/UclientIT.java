package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.signaling.api.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * coturn's turnutils_uclient loses nothing through the relay. Its peer on loopback sends everything back. All runs go
 * on at the same time, because each of them mostly waits.
 */
@Needs(Need.COTURN_TOOLS)
@Isolated("a port reserved for its clients must not be taken by those of other tests")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UclientIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MESSAGES = 20;
    private static final Pattern RECEIVED =
            Pattern.compile("tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)\\s*$", Pattern.MULTILINE);

    private static final String KEY = "bench.a-key-for-integration-tests-only";
    private static final String KEY_LINE = "bench sha256:" + ApiKey.hash(KEY.substring(KEY.indexOf('.') + 1)) + "\n";

    private final int peerPort = FreePorts.find();
    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .set("turn.quota.per-user", 1000)
            .set("turn.quota.per-address", 1000)
            .set("turn.limits.channel-numbers", "rfc-5766")
            .set("api.keys-file", SecretFile.with(KEY_LINE))
            .start();
    private final RunningProgram peer =
            RunningProgram.start(List.of("turnutils_peer", "-L", "127.0.0.1", "-p", Integer.toString(peerPort)));

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Future<Outcome> channels = start(known("-m", "50", "-e", "127.0.0.1"));
    private final Future<Outcome> indications = start(known("-s", "-m", "50", "-e", "127.0.0.1"));
    private final Future<Outcome> channelsBetweenRelays = start(known("-y", "-c", "-m", "10"));
    private final Future<Outcome> indicationsBetweenRelays = start(known("-y", "-c", "-s", "-m", "10"));
    private final Future<Outcome> wrongPassword = start("-u", "ann", "-w", "wrong", "-m", "1", "-e", "127.0.0.1");

    @AfterAll
    void everythingEndsWell() {
        pool.shutdownNow();
        peer.close();
        parley.close();
    }

    @Test
    void fiftyClientsWithChannelsLoseNothing() throws InterruptedException, ExecutionException {
        assertNothingLost(channels.get(), 50);
    }

    @Test
    void fiftyClientsWithSendIndicationsLoseNothing() throws InterruptedException, ExecutionException {
        assertNothingLost(indications.get(), 50);
    }

    @Test
    void clientsReachEachOtherFromRelayToRelayOverChannels() throws InterruptedException, ExecutionException {
        assertNothingLost(channelsBetweenRelays.get(), 10);
    }

    @Test
    void clientsReachEachOtherFromRelayToRelayWithSendIndications() throws InterruptedException, ExecutionException {
        assertNothingLost(indicationsBetweenRelays.get(), 10);
    }

    @Test
    void credentialsPrintedByTheCommandLineWork() {
        String json = Command.require(
                Checkout.launcher().toString(),
                "credentials",
                "--ttl",
                "1h",
                "--user",
                "ben",
                "--set",
                "turn.secret=" + ParleyProcess.SECRET,
                "--set",
                "state-dir=" + parley.setting("state-dir"));
        String username = field(json, "username");
        String password = field(json, "password");
        assertNothingLost(run("-u", username, "-w", password, "-m", "2", "-e", "127.0.0.1"), 2);
    }

    @Test
    void aWrongPasswordGetsNoAllocation() throws InterruptedException, ExecutionException {
        Outcome outcome = wrongPassword.get();
        assertThat(outcome.exitCode()).as(outcome.everything()).isNotZero();
        assertThat(outcome.everything()).contains("Cannot complete Allocation");
    }

    private static String[] known(String... options) {
        return Stream.concat(Stream.of("-W", ParleyProcess.SECRET, "-u", "ann"), Stream.of(options))
                .toArray(String[]::new);
    }

    private Future<Outcome> start(String... options) {
        return pool.submit(() -> run(options));
    }

    private Outcome run(String... options) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient"));
        words.addAll(List.of(options));
        words.addAll(List.of("-p", Integer.toString(parley.turnPort()), "-r", Integer.toString(peerPort)));
        words.addAll(List.of("-n", Integer.toString(MESSAGES), "-l", "170", "127.0.0.1"));
        return Command.run(PATIENCE, words);
    }

    /** The tool counts clients, some of which are the control half of others. */
    private static void assertNothingLost(Outcome outcome, int clients) {
        String output = outcome.everything();
        assertThat(outcome.exitCode()).as(output).isZero();
        assertThat(output).contains("Total lost packets 0 (0.000000%), total send dropped 0 (0.000000%)");
        assertThat(UclientRun.errorsIn(output)).isEmpty();
        Matcher totals = RECEIVED.matcher(output);
        assertThat(totals.results().reduce((first, last) -> last).orElseThrow().group(2))
                .as(output)
                .isEqualTo(Integer.toString(clients * MESSAGES));
    }

    private static String field(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return matcher.group(1);
    }
}
