package dev.parley.turn.loop;

import dev.parley.turn.core.ClientKey;
import dev.parley.turn.socket.Arrival;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clients of this event loop's mobile allocations whose packets arrive on another loop, which has them among its
 * {@link Visitors}; and the ways back to them. One per event loop, used on its thread only.
 */
public final class Guests implements ClientPaths.OfListener {
    private final Visitors home;
    private final ClientPaths paths;
    private final TurnCounters counters;
    private final Map<Integer, ClientPackets> packetsByListener = new HashMap<>();
    private final Map<ClientKey, GuestPath> guestByClient = new HashMap<>();
    private final Arrival arrival = new Arrival();
    /** Whose message is being worked on. */
    private @Nullable GuestPath present;

    Guests(Visitors home, ClientPaths paths, TurnCounters counters) {
        this.home = home;
        this.paths = paths;
        this.counters = counters;
    }

    /** What takes the messages that came over this listener; before the first packet. */
    void serve(int listener, ClientPackets packets) {
        packetsByListener.put(listener, packets);
    }

    @Override
    public @Nullable ClientPath find(ClientKey client) {
        GuestPath sender = present;
        return sender != null && sender.client().equals(client) ? sender : guestByClient.get(client);
    }

    /** A message of a guest, given away; one that has just ceased to be a guest is nobody here. */
    void received(ClientKey client, int headerFields, ByteBuf message) {
        GuestPath guest = guestByClient.get(client);
        if (guest == null) {
            message.release();
            counters.dropped(WireDrop.UNKNOWN_CLIENT);
        } else {
            take(guest, headerFields, message);
        }
    }

    /**
     * A request that came with a ticket to an allocation here, given away. Unless it succeeds nothing is kept of its
     * sender.
     */
    void announced(ClientKey client, Visitors arrivingAt, ByteBuf request) {
        take(new GuestPath(client, arrivingAt, directPath(client)), 0, request);
    }

    /** The sockets of UDP listeners are the same on all loops; connections are not. */
    private @Nullable ClientPath directPath(ClientKey client) {
        return client.transport().isOfDatagrams() ? paths.findHere(client) : null;
    }

    private void take(GuestPath sender, int headerFields, ByteBuf message) {
        ClientKey client = sender.client();
        boolean handedOn = false;
        present = sender;
        try {
            ClientPackets packets = packetsByListener.get(client.listener());
            if (packets != null) {
                arrival.from(client.address());
                arrival.with(headerFields);
                handedOn = packets.handedOver(arrival, message);
            }
        } finally {
            present = null;
            if (!handedOn) {
                message.release();
            }
        }
    }

    /** This loop's core has taken a client in; the other loop learns of it before the client does. */
    void arrived(ClientKey client) {
        GuestPath sender = present;
        if (sender != null && sender.client().equals(client)) {
            guestByClient.put(client, sender);
            Visitors there = sender.arrivingAt();
            there.door().tell(() -> there.admit(client, home));
        }
    }

    /** This loop's core has let a client go. */
    void left(ClientKey client) {
        GuestPath gone = guestByClient.remove(client);
        if (gone != null) {
            Visitors there = gone.arrivingAt();
            there.door().tell(() -> there.dismiss(client, home));
        }
    }
}
