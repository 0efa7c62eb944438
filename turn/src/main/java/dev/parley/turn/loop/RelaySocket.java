package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.IcmpIndication;
import dev.parley.turn.core.PeerRoute;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.Arrival;
import dev.parley.turn.socket.DatagramReceiver;
import dev.parley.turn.socket.IcmpError;
import dev.parley.turn.socket.SocketDrop;
import dev.parley.turn.socket.UdpSocket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The peer side of one relay: the socket at its relayed address, on the event loop of its client. The permission
 * look-up comes before anything else; a stranger's packet costs no more than that.
 */
final class RelaySocket implements DatagramReceiver {
    private final TurnLoop loop;
    private final DownLink downLink;
    private final Relay relay;
    private final TransportAddress bound;
    private ClientPath client;
    private final TurnCounters counters;
    private final LastCatch lastCatch;

    private @Nullable UdpSocket socket;

    RelaySocket(
            TurnLoop loop,
            DownLink downLink,
            Relay relay,
            ClientPath client,
            TransportAddress bound,
            TurnCounters counters,
            LastCatch lastCatch) {
        this.loop = loop;
        this.downLink = downLink;
        this.relay = relay;
        this.bound = bound;
        this.client = client;
        this.counters = counters;
        this.lastCatch = lastCatch;
    }

    /** The local address of the socket; the relayed address may be another, behind a one-to-one NAT. */
    TransportAddress bound() {
        return bound;
    }

    /** The way back to the client of the allocation. */
    ClientPath client() {
        return client;
    }

    /** The client of a mobile allocation has gone elsewhere. */
    void follow(ClientPath newClient) {
        client = newClient;
    }

    /** The socket stands. */
    void opened(UdpSocket newSocket) {
        socket = newSocket;
        newSocket.startReading();
    }

    /**
     * To a peer, with the end of the turn.
     *
     * @param payload given away
     */
    void send(ByteBuf payload, TransportAddress peer, int headerFields) {
        UdpSocket open = socket;
        if (open == null) {
            payload.release();
            counters.dropped(WireDrop.SEND_REFUSED);
        } else {
            open.send(payload, UdpSocket.NO_PREFIX, peer, headerFields);
        }
    }

    void close() {
        UdpSocket open = socket;
        if (open != null) {
            socket = null;
            open.close();
        }
    }

    @Override
    public void received(ByteBuf payload, Arrival from) {
        PeerRoute route =
                loop.core().routeFromPeer(relay, from.family(), from.high(), from.low(), from.port(), loop.nowNanos());
        if (route == null) {
            payload.release();
            downLink.unroutable(relay);
            return;
        }
        downLink.send(route, payload, from.headerFields());
    }

    @Override
    public void readComplete() {
        loop.endTurnSoon();
    }

    @Override
    public void icmpError(IcmpError error) {
        IcmpIndication told = loop.core()
                .indicationFromIcmp(
                        relay, error.destination(), error.type(), error.code(), error.data(), loop.nowNanos());
        if (told == null) {
            counters.dropped(loop.core().lastDropReason());
        } else {
            downLink.report(client, told);
        }
    }

    @Override
    public void dropped(SocketDrop reason, int datagrams) {
        counters.dropped(reason, datagrams);
    }

    @Override
    public void failed(RuntimeException bug) {
        lastCatch.failed(bound, bug);
    }

    @Override
    public void lost() {
        if (socket != null) {
            socket = null;
            loop.handle(new TurnEvent.RelayLost(relay.id()));
            loop.endTurnSoon();
        }
    }
}
