package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.PeerSockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The peer side of the TCP allocations (RFC 6062) of one event loop: listening sockets at relayed addresses,
 * connections to peers, and their joining with the data connections of clients.
 */
public final class TcpRelays {
    /** RFC 6062 section 5.2 asks for at least 30 s. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final PeerSockets sockets;
    private final TurnLoop loop;
    private final ClientPaths clients;
    private final TurnCounters counters;
    private final SparseLog log;
    private final Map<Integer, Peer> peersById = new HashMap<>();
    private final Map<Long, Channel> arrivals = new HashMap<>();
    private long lastArrival;

    /** What a relay has as its attachment. */
    record Listening(Channel channel, TransportAddress bound) {}

    /** For one event loop. */
    public TcpRelays(PeerSockets sockets, TurnLoop loop, ClientPaths clients, TurnCounters counters, SparseLog log) {
        this.sockets = sockets;
        this.loop = loop;
        this.clients = clients;
        this.counters = counters;
        this.log = log;
    }

    void open(Relay relay, TransportAddress bind) {
        ChannelFuture binding =
                sockets.listen(loop.eventLoop(), bind.toInetSocketAddress(), new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        arrived(relay, channel);
                    }
                });
        binding.addListener(done -> loop.eventLoop().execute(() -> bound(relay, bind, binding)));
    }

    private void bound(Relay relay, TransportAddress bind, ChannelFuture binding) {
        Throwable cause = binding.cause();
        if (cause == null) {
            relay.attach(new Listening(binding.channel(), bind));
            loop.handle(new TurnEvent.RelayOpened(relay.id()));
        } else {
            BindRefusal refusal = BindRefusal.of(cause);
            counters.bindRefused(refusal);
            if (refusal != BindRefusal.IN_USE) {
                log.warn(SparseLog.Topic.BIND, bind, cause);
            }
            loop.handle(new TurnEvent.RelayRefused(relay.id()));
        }
        loop.endTurn();
    }

    /** True if the relay was one of TCP. */
    boolean close(Relay relay) {
        if (!(relay.attachment() instanceof Listening listening)) {
            return false;
        }
        relay.attach(null);
        listening.channel.close();
        for (Peer peer : List.copyOf(peersById.values())) {
            if (peer.relay.equals(relay)) {
                peer.close();
            }
        }
        return true;
    }

    private void arrived(Relay relay, Channel channel) {
        long arrival = ++lastArrival;
        arrivals.put(arrival, channel);
        TransportAddress peer = TransportAddress.ofInetSocketAddress((InetSocketAddress) channel.remoteAddress());
        loop.handle(new TurnEvent.PeerArrived(relay, peer, arrival));
        arrivals.remove(arrival);
        loop.endTurn();
    }

    void take(Relay relay, long arrival, int connectionId) {
        Channel channel = arrivals.remove(arrival);
        if (channel != null) {
            Peer peer = new Peer(relay, connectionId);
            channel.pipeline().addLast(peer);
            peer.channel = channel;
            peersById.put(connectionId, peer);
        }
    }

    void refuse(long arrival) {
        Channel channel = arrivals.remove(arrival);
        if (channel != null) {
            channel.close();
        }
    }

    void connect(Relay relay, int connectionId, TransportAddress address) {
        Peer peer = new Peer(relay, connectionId);
        TransportAddress from = relay.attachment() instanceof Listening listening ? listening.bound : relay.relayed();
        ChannelFuture connecting = sockets.connect(
                loop.eventLoop(), from.toInetSocketAddress(), address.toInetSocketAddress(), CONNECT_TIMEOUT, peer);
        peer.channel = connecting.channel();
        peersById.put(connectionId, peer);
        connecting.addListener(done -> loop.eventLoop().execute(() -> {
            if (connecting.isSuccess()) {
                loop.handle(new TurnEvent.PeerConnected(connectionId));
            } else {
                peersById.remove(connectionId, peer);
                loop.handle(new TurnEvent.PeerFailed(connectionId));
            }
            loop.endTurn();
        }));
    }

    /** The client's connection stops being one of STUN. */
    void join(int connectionId, ClientKey client) {
        Peer peer = peersById.get(connectionId);
        ClientPath path = clients.find(client);
        Channel peerChannel = peer == null ? null : peer.channel;
        if (peer == null || peerChannel == null || path == null) {
            loop.handle(new TurnEvent.PeerClosed(connectionId));
            return;
        }
        Allocation allocation = peer.relay.allocation();
        boolean joined = path.becomeData(clientChannel -> {
            JoinedStream.Pair pair = JoinedStream.Pair.of(clientChannel, peerChannel, allocation, loop, counters);
            peerChannel.pipeline().addFirst(pair.ofPeer());
            return pair.ofClient();
        });
        if (joined) {
            peerChannel.config().setAutoRead(true);
        } else {
            peerChannel.close();
        }
    }

    void closePeer(int connectionId) {
        Peer peer = peersById.get(connectionId);
        if (peer != null) {
            peer.close();
        }
    }

    /** One connection to a peer. */
    private final class Peer extends ChannelInboundHandlerAdapter {
        private final Relay relay;
        private final int id;
        private @Nullable Channel channel;

        Peer(Relay relay, int id) {
            this.relay = relay;
            this.id = id;
        }

        void close() {
            if (channel != null) {
                channel.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (peersById.remove(id, this)) {
                loop.handle(new TurnEvent.PeerClosed(id));
                loop.endTurn();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
