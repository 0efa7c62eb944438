package dev.parley.it.coturn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users of the file and of two secrets at a time, with coturn's turnutils_uclient. */
@Needs(Need.COTURN_TOOLS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsIT {
    private static final String OLD_SECRET = "an-older-secret-for-integration-tests";

    /** Ben's key was made with: printf ben:parley.test:poppy | md5sum. */
    private static final String USERS =
            "# for this test\nann:sesame street\nben:md5:f2e01464b4e9e3b8f0d2495d2e601aa5\n";

    private final int peerPort = FreePorts.find();
    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .set("turn.secret", ParleyProcess.SECRET + "," + OLD_SECRET)
            .set("turn.users-file", SecretFile.with(USERS))
            .set("turn.limits.channel-numbers", "rfc-5766")
            .start();
    private final RunningProgram peer =
            RunningProgram.start(List.of("turnutils_peer", "-L", "127.0.0.1", "-p", Integer.toString(peerPort)));

    @AfterAll
    void everythingEndsWell() {
        peer.close();
        parley.close();
    }

    @Test
    void usersOfTheFileComeInByPasswordAndByKey() {
        var outcomes = run(List.of(
                List.of("-u", "ann", "-w", "sesame street"),
                List.of("-u", "ben", "-w", "poppy"),
                List.of("-u", "ann", "-w", "poppy")));
        assertComesIn(outcomes.get(0));
        assertComesIn(outcomes.get(1));
        assertStaysOut(outcomes.get(2));
    }

    @Test
    void bothSecretsWorkWhileTheyAreReplaced() {
        var outcomes = run(List.of(
                List.of("-u", "eve", "-W", ParleyProcess.SECRET),
                List.of("-u", "eve", "-W", OLD_SECRET),
                List.of("-u", "eve", "-W", "a-secret-that-nobody-configured-here")));
        assertComesIn(outcomes.get(0));
        assertComesIn(outcomes.get(1));
        assertStaysOut(outcomes.get(2));
    }

    private static void assertComesIn(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.everything()).contains("Total lost packets 0 (0.000000%)");
    }

    private static void assertStaysOut(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isNotZero();
    }

    /** At the same time, because each of them mostly waits. */
    private List<Outcome> run(List<List<String>> users) {
        return Command.runAll(
                Duration.ofMinutes(1), users.stream().map(this::words).toList());
    }

    private List<String> words(List<String> user) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient"));
        words.addAll(user);
        words.addAll(List.of("-m", "1", "-n", "5", "-e", "127.0.0.1", "-r", Integer.toString(peerPort)));
        words.addAll(List.of("-p", Integer.toString(parley.turnPort()), "127.0.0.1"));
        return words;
    }
}
