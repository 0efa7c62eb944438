package dev.parley.turn.loop;

import dev.parley.ice.stun.StunMessage;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.Arrival;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clients of mobile allocations (RFC 8016) whose packets arrive on this event loop and whose allocation lives on
 * another, where it was made: their packets are handed over to that loop, which has them among its {@link Guests}. Each
 * is one of the two 5-tuples that an allocation may have, so the quotas of allocations are the limit here too. One per
 * event loop, used on its thread only.
 */
public final class Visitors {
    private final int index;
    private final List<Visitors> all;
    private final TurnLoop loop;
    private final LoopDoor door;
    private final ClientPaths paths;
    private final TurnCounters counters;
    private final Guests guests;
    private final Map<ClientKey, Visitors> homeByClient = new HashMap<>();

    /**
     * For one event loop.
     *
     * @param index its number
     * @param all those of all loops in their order, complete before the first packet
     * @param paths back to the clients whose packets arrive on this loop
     */
    public Visitors(int index, List<Visitors> all, TurnLoop loop, ClientPaths paths, TurnCounters counters) {
        this.index = index;
        this.all = all;
        this.loop = loop;
        this.door = new LoopDoor(loop, counters);
        this.paths = paths;
        this.counters = counters;
        this.guests = new Guests(this, paths, counters);
        paths.findFirst(guests);
    }

    /** The clients of this loop's allocations whose packets arrive on others. */
    public Guests guests() {
        return guests;
    }

    LoopDoor door() {
        return door;
    }

    /** The way back to a client whose packets arrive here, or null if its connection has ended. */
    @Nullable
    ClientPath findPath(ClientKey client) {
        return paths.findHere(client);
    }

    /** A packet came back for a client whose connection has ended. */
    void clientIsGone() {
        counters.dropped(WireDrop.CLIENT_GONE);
    }

    boolean isEmpty() {
        return homeByClient.isEmpty();
    }

    boolean contains(ClientKey client) {
        return homeByClient.containsKey(client);
    }

    /**
     * Hands a message of a visitor over.
     *
     * @param content lent
     * @return false if the client is no visitor
     */
    boolean handOn(ClientKey client, Arrival from, ByteBuf content) {
        Visitors home = homeByClient.get(client);
        if (home == null) {
            return false;
        }
        int headerFields = from.headerFields();
        home.door.handOver(LoopDoor.copyOf(content), copy -> home.guests.received(client, headerFields, copy));
        return true;
    }

    /**
     * Hands a request over if it has a ticket to an allocation of another loop, whoever sent it.
     *
     * @param content lent
     */
    boolean handOnByTicket(ClientKey client, StunMessage request, ByteBuf content) {
        int home = loop.core().homeOf(request, index);
        if (home == index || home >= all.size() || loop.core().isClient(client)) {
            return false;
        }
        Guests there = all.get(home).guests;
        all.get(home).door.handOver(LoopDoor.copyOf(content), copy -> there.announced(client, this, copy));
        return true;
    }

    /** Told by the loop that now has this client's allocation. */
    void admit(ClientKey client, Visitors home) {
        homeByClient.put(client, home);
    }

    /** Told by that loop when the allocation has no such client any more. */
    void dismiss(ClientKey client, Visitors home) {
        homeByClient.remove(client, home);
    }

    /** A connection has ended: the loop with its allocation, whether this or another, has to know. */
    void gone(ClientKey client) {
        TurnEvent gone = new TurnEvent.ClientGone(client);
        loop.handle(gone);
        Visitors home = homeByClient.remove(client);
        if (home != null) {
            home.door.tell(() -> home.loop.handle(gone));
        }
    }
}
