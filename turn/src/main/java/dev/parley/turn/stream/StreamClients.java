package dev.parley.turn.stream;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.ClientPaths;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections of one listener and one transport, by the address of the client. One per event loop. */
final class StreamClients implements ClientPaths.OfListener {
    private final int listener;
    private final Map<TransportAddress, StreamConnection> connectionsByClient = new HashMap<>();

    StreamClients(int listener) {
        this.listener = listener;
    }

    int listener() {
        return listener;
    }

    @Override
    public @Nullable ClientPath find(ClientKey client) {
        return connectionsByClient.get(client.address());
    }

    /** Gives the address to a connection; returns the one that had it before, which must be dead unknown to us. */
    @Nullable
    StreamConnection add(TransportAddress client, StreamConnection connection) {
        return connectionsByClient.put(client, connection);
    }

    void remove(TransportAddress client, StreamConnection connection) {
        connectionsByClient.remove(client, connection);
    }

    int size() {
        return connectionsByClient.size();
    }
}
