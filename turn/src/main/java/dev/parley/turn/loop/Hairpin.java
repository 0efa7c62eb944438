package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.PeerRoute;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Hands a relayed packet to another allocation of this process without touching a socket, after the permission checks
 * of both. Each packet ends at a client: it is never relayed a second time. One per event loop; a receiver on another
 * loop gets the packet as a task there.
 */
public final class Hairpin {
    private final int index;
    private final List<Hairpin> all;
    private final TurnLoop loop;
    private final DownLink downLink;
    private final RelayDirectory directory;
    private final TurnCounters counters;
    private final LoopDoor door;

    /**
     * For one event loop.
     *
     * @param all the hairpins of all loops in their order, complete before the first packet
     */
    public Hairpin(
            int index,
            List<Hairpin> all,
            TurnLoop loop,
            DownLink downLink,
            RelayDirectory directory,
            TurnCounters counters) {
        this.index = index;
        this.all = all;
        this.loop = loop;
        this.downLink = downLink;
        this.directory = directory;
        this.counters = counters;
        this.door = new LoopDoor(loop, counters);
    }

    /**
     * Takes a packet from a client of this loop.
     *
     * @param payload given away
     * @param headerFields what it would leave a socket with
     */
    public void send(PeerRoute route, ByteBuf payload, int headerFields) {
        RelayDirectory.Live receiver = directory.find(route.peer());
        if (receiver == null) {
            payload.release();
            counters.dropped(WireDrop.DEAD_HAIRPIN);
            return;
        }
        TransportAddress sender = route.relay().relayed();
        if (receiver.loop() == index) {
            deliver(receiver.relayed(), sender, payload, headerFields);
        } else {
            Hairpin there = all.get(receiver.loop());
            TransportAddress relayed = receiver.relayed();
            ByteBuf copy = LoopDoor.copyOf(payload);
            payload.release();
            there.door.handOver(copy, packet -> there.deliver(relayed, sender, packet, headerFields));
        }
    }

    private void deliver(TransportAddress receiver, TransportAddress sender, ByteBuf payload, int headerFields) {
        PeerRoute route = loop.core().routeFromHairpin(receiver, sender, loop.nowNanos());
        if (route == null) {
            payload.release();
            counters.dropped(loop.core().lastDropReason());
            return;
        }
        counters.passed(PacketClass.HAIRPIN, payload.readableBytes());
        downLink.send(route, payload, headerFields);
    }
}
