package dev.parley.turn.loop;

import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.PeerRoute;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * Sends what a client sent on to its peer: out of the relay's socket, or, if the peer is a relayed address
 * of
 * this process, to its owner without touching a socket. One per event loop.
 */
public final class UpLink {
    private final TurnLoop loop;
    private final Hairpin hairpin;
    private final RefusalLog refusals;
    private final TurnCounters counters;

    public UpLink(TurnLoop loop, Hairpin hairpin, RefusalLog refusals, TurnCounters counters) {
        this.loop = loop;
        this.refusals = refusals;
        this.hairpin = hairpin;
        this.counters = counters;
    }

    /**
     * By the route that the core found.
     *
     * @param payload given away
     */
    public void send(PeerRoute route, ByteBuf payload) {
        Allocation allocation = route.allocation();
        DropReason over = allocation.bandwidth().tryTake(payload.readableBytes(), loop.nowNanos());
        if (over != null) {
            payload.release();
            counters.dropped(over);
            refusals.dropped(over, allocation.client().address());
        } else if (route.isHairpin()) {
            hairpin.send(route, payload);
        } else if (route.relay().attachment() instanceof RelaySocket relay) {
            relay.send(payload, addressOf(route));
        } else {
            // Live without a socket: only between a socket's death and the event that says so.
            payload.release();
            counters.dropped(WireDrop.SEND_REFUSED);
        }
    }

    /** The peer's address as sockets want it, made with the first packet and kept with the route. */
    private static InetSocketAddress addressOf(PeerRoute route) {
        if (route.attachment() instanceof InetSocketAddress known) {
            return known;
        }
        InetSocketAddress address = route.peer().toInetSocketAddress();
        route.attach(address);
        return address;
    }
}
