package dev.parley.turn.core;

import dev.parley.turn.reservation.SharedReservations;
import org.jspecify.annotations.Nullable;

/** Reservations that know how many ports are with them, so that every port can be accounted for. */
final class SimReservations implements Reservations {
    private final SharedReservations shared = new SharedReservations();
    private int held;
    private int returned;

    /** Ports that are held for somebody, or on their way home. */
    int ports() {
        return held + returned;
    }

    int held() {
        return held;
    }

    @Override
    public void hold(long token, HeldPort port) {
        shared.hold(token, port);
        held++;
    }

    @Override
    public @Nullable HeldPort claim(long token, String name) {
        HeldPort claimed = shared.claim(token, name);
        held -= claimed == null ? 0 : 1;
        return claimed;
    }

    @Override
    public boolean withdraw(long token) {
        boolean withdrawn = shared.withdraw(token);
        held -= withdrawn ? 1 : 0;
        return withdrawn;
    }

    @Override
    public void giveBack(HeldPort port) {
        shared.giveBack(port);
        returned++;
    }

    @Override
    public @Nullable HeldPort takeBack(int loop) {
        HeldPort home = shared.takeBack(loop);
        returned -= home == null ? 0 : 1;
        return home;
    }
}
