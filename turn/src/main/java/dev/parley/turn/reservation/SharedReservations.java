package dev.parley.turn.reservation;

import dev.parley.turn.core.HeldPort;
import dev.parley.turn.core.Reservations;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The held ports of one process. Used by all event loops; one for all of them. */
public final class SharedReservations implements Reservations {
    private final Map<Long, HeldPort> heldByToken = new ConcurrentHashMap<>();
    private final Map<Integer, Queue<HeldPort>> returnedByLoop = new ConcurrentHashMap<>();

    @Override
    public void hold(long token, HeldPort port) {
        if (heldByToken.putIfAbsent(token, port) != null) {
            throw new IllegalStateException("a random token came twice");
        }
    }

    /** A token of somebody else is left alone, so that guessing takes nothing away. */
    @Override
    public @Nullable HeldPort claim(long token, String name) {
        HeldPort held = heldByToken.get(token);
        return held != null && held.name().equals(name) && heldByToken.remove(token, held) ? held : null;
    }

    @Override
    public boolean withdraw(long token) {
        return heldByToken.remove(token) != null;
    }

    @Override
    public void giveBack(HeldPort port) {
        returnedByLoop
                .computeIfAbsent(port.loop(), loop -> new ConcurrentLinkedQueue<>())
                .add(port);
    }

    @Override
    public @Nullable HeldPort takeBack(int loop) {
        Queue<HeldPort> returned = returnedByLoop.get(loop);
        return returned == null ? null : returned.poll();
    }
}
