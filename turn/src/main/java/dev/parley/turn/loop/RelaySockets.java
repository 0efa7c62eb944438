package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.SocketOptions;
import dev.parley.turn.socket.UdpSockets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens and closes the relay sockets of one event loop, as the core asks, and tells the core what became of it. */
public final class RelaySockets {
    /** Queues of the kernel of 1 MiB; ICMP errors are for the client. */
    private static final SocketOptions OPTIONS = new SocketOptions(false, true, 1 << 20);

    private final UdpSockets sockets;
    private final TcpRelays tcpRelays;
    private final TurnLoop loop;
    private final ClientPaths clients;
    private final DownLink downLink;
    private final TurnCounters counters;
    private final LastCatch lastCatch;
    private final SparseLog log;

    public RelaySockets(
            UdpSockets sockets,
            TcpRelays tcpRelays,
            TurnLoop loop,
            ClientPaths clients,
            DownLink downLink,
            TurnCounters counters,
            LastCatch lastCatch,
            SparseLog log) {
        this.sockets = sockets;
        this.tcpRelays = tcpRelays;
        this.loop = loop;
        this.clients = clients;
        this.downLink = downLink;
        this.counters = counters;
        this.lastCatch = lastCatch;
        this.log = log;
    }

    public void open(Relay relay, TransportAddress bind) {
        if (relay.allocation().isTcp()) {
            tcpRelays.open(relay, bind);
            return;
        }
        ClientPath client = clients.find(relay.allocation().client());
        if (client == null) {
            loop.handle(new TurnEvent.RelayRefused(relay.id()));
            return;
        }
        RelaySocket socket = new RelaySocket(loop, downLink, relay, client, bind, counters, lastCatch);
        try {
            socket.opened(sockets.open(bind, OPTIONS, socket));
            relay.attach(socket);
            loop.handle(new TurnEvent.RelayOpened(relay.id()));
        } catch (IOException cause) {
            BindRefusal refusal = BindRefusal.of(cause);
            counters.bindRefused(refusal);
            if (refusal != BindRefusal.IN_USE) { // The core draws another port, which is no news; it is counted.
                log.warn(SparseLog.Topic.BIND, bind, cause);
            }
            loop.handle(new TurnEvent.RelayRefused(relay.id()));
        }
    }

    /**
     * What peers of a mobile allocation send goes there from now on.
     *
     * @param client null if the client has no connection now
     */
    void follow(Allocation allocation, @Nullable ClientKey client) {
        ClientPath found = client == null ? null : clients.find(client);
        ClientPath path = found == null ? new LostClient(counters) : found;
        for (AddressFamily family : AddressFamily.values()) {
            Relay relay = allocation.findRelay(family);
            if (relay != null && relay.attachment() instanceof RelaySocket socket) {
                socket.follow(path);
            }
        }
    }

    public void close(Relay relay) {
        if (!tcpRelays.close(relay) && relay.attachment() instanceof RelaySocket socket) {
            relay.attach(null);
            socket.close();
        }
    }
}
