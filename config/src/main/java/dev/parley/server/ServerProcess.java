package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.config.reader.Problem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the process: starts the server, says that it is ready, and ends it in good order on SIGTERM or SIGINT.
 */
public final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger("parley");
    /** What closing may take on top of draining, before the process ends without having closed everything. */
    private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(15);

    private final ServerConfig config;
    private final RunningServer server;

    private ServerProcess(ServerConfig config, RunningServer server) {
        this.config = config;
        this.server = server;
    }

    /**
     * Runs the server. Returns only by an exception: the process ends inside, by a signal.
     *
     * @param again reads the configuration from the same sources as {@code loaded}
     * @param file that it is read from, or null
     * @param usualState the state directory when the configuration does not name one
     * @param out gets exactly one line, beginning with {@code ready}, when every listener is bound
     */
    public static void run(
            ConfigResult.Loaded loaded,
            Supplier<ConfigResult> again,
            @Nullable Path file,
            Path usualState,
            PrintStream out)
            throws StartException, InterruptedException {
        ServerConfig config = loaded.config();
        LogSetup.apply(config.log());
        for (Problem warning : loaded.warnings()) {
            LOG.warn("{}", warning);
        }
        ServerSources sources = new ServerSources(config, again, file, usualState);
        HostAddresses host = HostAddresses.ofThisHost();
        AddressPlan plan = AddressPlan.of(config.turn(), host);
        IceUris uris = IceUris.of(config, plan.hosts());

        RunningServer server = start(sources, plan, uris);
        ServerProcess process = new ServerProcess(config, server);
        Runtime.getRuntime().addShutdownHook(new Thread(process::end, "shutdown"));
        HangUpSignal.handle(() -> server.reload("SIGHUP"), process::exit);
        StartReport.log(config, host, plan, uris);
        if (!server.isNative()) {
            LOG.warn("native sockets are not available here: relaying works, but slower");
        }
        out.println("ready " + StartReport.page(config) + " " + String.join(" ", uris.all()));
        out.flush();
        new CountDownLatch(1).await();
    }

    private static RunningServer start(ServerSources sources, AddressPlan plan, IceUris uris)
            throws StartException, InterruptedException {
        try {
            return RunningServer.start(sources, plan, uris);
        } catch (StartException e) {
            LogSetup.flush(); // what was logged comes before the reason for the end
            throw e;
        }
    }

    private void exit() {
        Runtime.getRuntime().exit(0);
    }

    /** Runs as the shutdown hook; ends the process itself, because a signal would otherwise be its exit code. */
    private void end() {
        LOG.info(
                "stopping: nothing new is taken in, and what there is has {} s to end",
                config.drainDeadline().toSeconds());
        Thread.ofPlatform().daemon().name("shutdown-deadline").start(this::endAtTheLatest);
        server.drain(config.drainDeadline());
        server.close();
        LOG.info("stopped");
        LogSetup.flush();
        Runtime.getRuntime().halt(0);
    }

    private void endAtTheLatest() {
        try {
            Thread.sleep(config.drainDeadline().plus(CLOSE_AT_MOST));
        } catch (InterruptedException e) {
            return;
        }
        LOG.error("not everything closed in time");
        LogSetup.flush();
        Runtime.getRuntime().halt(1);
    }
}
