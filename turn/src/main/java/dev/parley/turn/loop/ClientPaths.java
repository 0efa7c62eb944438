package dev.parley.turn.loop;

import dev.parley.turn.core.ClientKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways back to all clients of one event loop. Listeners are added in the same order on every loop, and their
 * numbers are those in {@link ClientKey}; complete before the first packet, and then used on the loop's thread only.
 */
public final class ClientPaths {
    private final List<OfListener> pathsByListener = new ArrayList<>();

    /** The ways back to the clients of one listener. */
    @FunctionalInterface
    public interface OfListener {
        /** The way back to the client, or null if its connection has ended. */
        @Nullable
        ClientPath find(ClientKey client);
    }

    /** The number of the next listener, to be added. */
    public int nextListener() {
        return pathsByListener.size();
    }

    /** Makes the next number this listener's. */
    public void add(OfListener listener) {
        pathsByListener.add(listener);
    }

    /** The way back to the client, or null if its connection has ended. */
    @Nullable
    ClientPath find(ClientKey client) {
        return pathsByListener.get(client.listener()).find(client);
    }
}
