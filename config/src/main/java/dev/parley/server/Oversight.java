package dev.parley.server;

import dev.parley.turn.transport.TurnTransport;
import org.jspecify.annotations.Nullable;

/** What operators see of the running server, and how they have it read its configuration again. */
final class Oversight implements AdminDuties, AutoCloseable {
    private final Metrics metrics;
    private final Reload reload;
    private final TurnTransport transport;
    private final UsageBook book;
    private final RoomBook rooms;
    private @Nullable FileWatch files;
    private @Nullable AdminEndpoint endpoint;

    /**
     * @param transport whose allocations are shown
     * @param book what earlier allocations have relayed
     */
    Oversight(Metrics metrics, Reload reload, TurnTransport transport, UsageBook book, RoomBook rooms) {
        this.metrics = metrics;
        this.reload = reload;
        this.transport = transport;
        this.book = book;
        this.rooms = rooms;
    }

    /** The configuration is read again when one of its files has changed; who has just read them is not told. */
    void watchFiles(ServerSources sources) {
        FileWatch started = new FileWatch(() -> sources.filesOf(reload.inForce()), () -> reload("changed file"));
        files = started;
        reload.beforeReading(started::reading);
        started.start("config-watch");
    }

    /** Opens the admin endpoint, which says from now on that the server is ready. */
    void open(int port, AdminToken token) throws StartException {
        AdminEndpoint started = AdminEndpoint.start(port, token, this);
        endpoint = started;
        started.ready(true);
    }

    /** Reads the configuration again. */
    Reload.Outcome reload(String cause) {
        return reload.run(cause);
    }

    /** Says from now on that the server is not ready. */
    void drain() {
        if (endpoint != null) {
            endpoint.ready(false);
        }
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public String topUsers() {
        return book.topUsers(transport.usage());
    }

    @Override
    public String rooms(String after) {
        return RelayedRooms.watch(transport).json(rooms, after);
    }

    @Override
    public Reload.Outcome reload() {
        return reload("admin request");
    }

    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        if (files != null) {
            files.close();
        }
    }
}
