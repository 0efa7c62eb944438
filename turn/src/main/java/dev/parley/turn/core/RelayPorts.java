package dev.parley.turn.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The relay ports of one event loop, a pool for each relay address, and those held for others or had from others. */
final class RelayPorts {
    static final int NONE = -1;

    private final PortPartition partition;
    private final Reservations reservations;
    private final RandomGenerator random;
    private final Map<RelayAddress, PortPool> poolsByAddress = new LinkedHashMap<>();

    RelayPorts(TurnSettings settings, Reservations reservations, RandomGenerator random) {
        this.partition = settings.ports();
        this.reservations = reservations;
        this.random = random;
        settings.relays().forEach(address -> poolsByAddress.put(address, new PortPool(partition)));
    }

    private PortPool of(RelayAddress address) {
        PortPool pool = poolsByAddress.get(address);
        if (pool == null) {
            throw new IllegalStateException("no relay address " + address);
        }
        return pool;
    }

    /** Ports of this loop that nobody has, of all relay addresses. */
    int free() {
        return poolsByAddress.values().stream().mapToInt(PortPool::free).sum();
    }

    /** A port of this loop as wished, or NONE; for an even port with its next one, that is taken too. */
    int take(RelayAddress address, PortWish wish) {
        collectReturned();
        return switch (wish) {
            case PortWish.Any() -> of(address).take(random);
            case PortWish.Even(boolean withNext) -> of(address).takeEven(random, withNext);
            case PortWish.Held ignored -> NONE; // A held port is claimed; there is no other that would do.
        };
    }

    /** Gives back what {@link #take} took. */
    void release(RelayAddress address, int port, PortWish wish) {
        of(address).release(port);
        if (wish instanceof PortWish.Even(boolean withNext) && withNext) {
            of(address).release(port + 1);
        }
    }

    @Nullable
    HeldPort claim(long token, String name) {
        return reservations.claim(token, name);
    }

    /** Gives back the port of a relay, whatever its state, but not one it holds for others. */
    void release(Relay relay) {
        HeldPort claimed = relay.claimed();
        if (claimed != null) {
            release(claimed);
        } else if (relay.state() == Relay.State.LIVE) {
            of(relay.address()).release(relay.port());
        } else {
            PortWish wish = relay.allocation().requirePending().wanted().port();
            release(relay.address(), relay.port(), wish);
        }
    }

    /** A claimed port may be another loop's. */
    private void release(HeldPort claimed) {
        if (claimed.loop() == partition.index()) {
            of(claimed.address()).release(claimed.port());
        } else {
            reservations.giveBack(claimed);
        }
    }

    /** Offers the port next to a relay's own, which was taken with it, to its user's second allocation. */
    PortHold hold(Relay relay) {
        PortHold hold = new PortHold(random.nextLong(), relay);
        String reserver = relay.allocation().owner().reserver();
        reservations.hold(hold.token(), new HeldPort(relay.address(), relay.port() + 1, partition.index(), reserver));
        return hold;
    }

    /** The hold is over; a port that nobody claimed is free again. */
    void endHold(PortHold hold) {
        if (reservations.withdraw(hold.token())) {
            of(hold.relay().address()).release(hold.relay().port() + 1);
        }
    }

    private void collectReturned() {
        for (HeldPort home = reservations.takeBack(partition.index());
                home != null;
                home = reservations.takeBack(partition.index())) {
            of(home.address()).release(home.port());
        }
    }
}
