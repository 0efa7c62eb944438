package dev.parley.turn.loop;

import dev.parley.turn.core.ClientKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways back to all clients of one event loop, by the numbers of their listeners, which are the same on every loop.
 * Complete before the first packet, and then used on the loop's thread only.
 */
public final class ClientPaths {
    private final Map<Integer, OfListener> pathsByListener = new HashMap<>();
    private @Nullable OfListener elsewhere;

    /** The ways back to the clients of one listener. */
    @FunctionalInterface
    public interface OfListener {
        /** The way back to the client, or null if its connection has ended. */
        @Nullable
        ClientPath find(ClientKey client);
    }

    /**
     * Adds the clients of one listener.
     *
     * @param listener the number that {@link ClientKey}s of it have
     */
    public void add(int listener, OfListener paths) {
        pathsByListener.put(listener, paths);
    }

    /** Clients that are looked for there before they are looked for at their listeners. */
    void findFirst(OfListener newElsewhere) {
        elsewhere = newElsewhere;
    }

    /** The way back to the client, or null if its connection has ended. */
    @Nullable
    ClientPath find(ClientKey client) {
        ClientPath found = elsewhere == null ? null : elsewhere.find(client);
        return found == null ? findHere(client) : found;
    }

    /** The way back to a client of this loop's own listeners. */
    @Nullable
    ClientPath findHere(ClientKey client) {
        OfListener paths = pathsByListener.get(client.listener());
        return paths == null ? null : paths.find(client);
    }
}
