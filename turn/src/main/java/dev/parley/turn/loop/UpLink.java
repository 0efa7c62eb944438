package dev.parley.turn.loop;

import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;

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

    /** The core found no route for what the client of an allocation sent, and says why. */
    void unroutable(Allocation allocation) {
        DropReason reason = loop.core().lastDropReason();
        counters.dropped(reason);
        refusals.dropped(reason, allocation.client().address());
    }

    /**
     * By the route that the core found.
     *
     * @param payload given away
     * @param headerFields what its header said when it came, and whether the client wants it whole
     */
    public void send(PeerRoute route, ByteBuf payload, int headerFields) {
        int forwarded = HeaderFields.forwarded(headerFields);
        if (forwarded == HeaderFields.EXPIRED) {
            payload.release();
            counters.dropped(WireDrop.TTL_EXPIRED);
            return;
        }
        Allocation allocation = route.allocation();
        DropReason over = allocation.bandwidth().tryTake(payload.readableBytes(), loop.nowNanos());
        if (over != null) {
            payload.release();
            counters.dropped(over);
            refusals.dropped(over, allocation.client().address());
            return;
        }
        allocation.traffic().up(payload.readableBytes());
        if (route.isHairpin()) {
            hairpin.send(route, payload, forwarded);
        } else if (route.relay().attachment() instanceof RelaySocket relay) {
            relay.send(payload, route.peer(), forwarded);
        } else {
            // Live without a socket: only between a socket's death and the event that says so.
            payload.release();
            counters.dropped(WireDrop.SEND_REFUSED);
        }
    }
}
