package dev.parley.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's own addresses are never peers, also those that it gets while it runs. */
final class HostWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final int INTERVAL_SECONDS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("host-watch").factory());
    private final Relay relay;

    private HostWatch(Relay relay) {
        this.relay = relay;
    }

    /** Tells the relay every ten seconds which addresses this host has, on a thread of its own. */
    static HostWatch start(Relay relay) {
        HostWatch watch = new HostWatch(relay);
        watch.timer.scheduleWithFixedDelay(watch::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        try {
            relay.ownAddressesAre(HostAddresses.ofThisHost());
        } catch (StartException | RuntimeException e) {
            LOG.warn("the addresses of this host are not known any more: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
