package dev.parley.it.coturn;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.EveryTransport;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TestAuthority;
import dev.parley.it.wire.Transport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A server with everything that coturn's client can ask for, coturn's peer beside it, and runs of the client against
 * both. The client mostly waits, so many run at once.
 */
final class UclientServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 24;

    private final int peerPort = FreePorts.find();
    private final ParleyProcess parley = EveryTransport.added(ParleyProcess.loopbackPlan(), TestAuthority.create())
            .set("turn.relay-address", "127.0.0.1,::1")
            .set("turn.peers.allow", "127.0.0.0/8,::1/128")
            .set("turn.quota.per-user", 200)
            .set("turn.quota.per-address", 1000)
            .set("turn.users-file", SecretFile.with("ann:a long-term password\n"))
            .set("turn.tcp-relay", true)
            .set("turn.mobility", true)
            .set("turn.oauth.server-name", "turn.example")
            .set("turn.oauth.keys-file", SecretFile.with(keysOfUclient()))
            .set("turn.limits.channel-numbers", "rfc-5766")
            .start();
    private final Map<Transport, InetSocketAddress> addresses = EveryTransport.addresses(parley);
    private final RunningProgram peer = RunningProgram.start(
            List.of("turnutils_peer", "-L", "127.0.0.1", "-L", "::1", "-p", Integer.toString(peerPort)));
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<UclientRun, Future<Outcome>> outcomes = new LinkedHashMap<>();

    ParleyProcess process() {
        return parley;
    }

    /** Begins these runs; words before the tool's name may limit it. */
    void start(List<UclientRun> runs, String... before) {
        for (UclientRun run : runs) {
            int port = Objects.requireNonNull(addresses.get(run.transport())).getPort();
            List<String> words = run.words(port, peerPort);
            words.addAll(0, List.of(before));
            outcomes.put(run, pool.submit(() -> Command.run(PATIENCE, words)));
        }
    }

    /** How a run that was started has ended. */
    Outcome outcome(UclientRun run) throws InterruptedException, ExecutionException {
        return Objects.requireNonNull(outcomes.get(run)).get();
    }

    @Override
    public void close() {
        pool.shutdownNow();
        peer.close();
        parley.close();
    }

    /** The keys that the tool was built with, as far as AES takes them; the tool's texts go on. */
    private static String keysOfUclient() {
        return "north:a256gcm:" + base64("01234567890123456789012345678901") + "\nunion:a128gcm:"
                + base64("1234567890123456") + "\noldempire:a256gcm:" + base64("12345678901234567890123456789012")
                + "\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
