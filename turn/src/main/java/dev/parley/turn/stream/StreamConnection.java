package dev.parley.turn.stream;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One client over TCP or TLS: the end of its pipeline, its deadlines, and the way back to it. When the connection ends,
 * so does the allocation made over it. On its event loop only.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements ClientPath {
    private final StreamListener listener;
    private final StreamParts parts;
    private final TurnLoop loop;
    private final Channel channel;
    private final StreamWriter writer;
    private final ConnectionDeadline deadline;

    private TransportAddress client;
    private @Nullable Begun begun;
    private boolean counted;
    private boolean authenticated;
    private boolean ended;

    /** What is known once the first byte of STUN has come. */
    private record Begun(StreamListener.OfTransport side, ClientKey key, InetSocketAddress sender) {}

    StreamConnection(StreamListener listener, Channel channel, TransportAddress remote) {
        this.listener = listener;
        this.parts = listener.parts();
        this.loop = parts.loop();
        this.channel = channel;
        this.client = remote;
        this.writer = new StreamWriter(channel, parts.flushQueue());
        this.deadline = new ConnectionDeadline(loop, parts.limits(), this);
    }

    /** The connection stands. Behind a hop it counts for nobody before the hop has said who the client is. */
    void accepted(boolean fromHop) {
        deadline.accepted();
        if (!fromHop) {
            count();
        }
    }

    /** A hop has said where the connection comes from, or that it is the hop's own. */
    void announced(@Nullable TransportAddress source) {
        if (source != null) {
            client = source;
        }
        count();
    }

    private void count() {
        counted = parts.counts().tryBegin(client.ip());
        if (!counted) {
            end(ConnectionEnd.TOO_MANY_OF_ADDRESS);
        }
    }

    /** The first byte of STUN has come. */
    void begin(ClientTransport transport) {
        StreamListener.OfTransport side = listener.of(transport);
        begun = new Begun(side, new ClientKey(client, side.clients().listener()), client.toInetSocketAddress());
        if (transport == ClientTransport.TLS) {
            writer.keepApart();
        }
        StreamConnection before = side.clients().add(client, this);
        if (before != null) {
            before.end(ConnectionEnd.REPLACED);
        }
        parts.counters().connectionOpened(transport);
        deadline.begun(transport);
    }

    /** Bytes that one message may have now. */
    int frameLimit() {
        return authenticated ? StreamLimits.FRAME_AUTHENTICATED : StreamLimits.FRAME_UNAUTHENTICATED;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    boolean hasAllocation() {
        return begun != null && begun.side.packets().hasAllocation(begun.key);
    }

    TransportAddress client() {
        return client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf content = (ByteBuf) message;
        boolean handedOn = false;
        try {
            if (!ended && begun != null) {
                deadline.messageCame();
                handedOn = begun.side.packets().received(begun.sender, content);
            }
        } finally {
            if (!handedOn) {
                content.release();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.endTurn();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            deadline.handshaken();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(ConnectionEnd.CLIENT);
        loop.endTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            end(ConnectionEnd.TLS_FAILED);
        } else if (cause instanceof IOException) {
            end(ConnectionEnd.CLIENT);
        } else {
            parts.lastCatch().failed(client, cause);
            end(ConnectionEnd.FAULT);
        }
        loop.endTurn();
    }

    /** Closes, once; only the first reason counts. */
    void end(ConnectionEnd reason) {
        if (ended) {
            return;
        }
        ended = true;
        deadline.cancel();
        if (reason == ConnectionEnd.SLOW_READER) {
            writer.discard();
        } else {
            writer.flush();
        }
        channel.close();
        parts.counts().leave();
        if (counted && !authenticated) {
            parts.counts().end(client.ip());
        }
        parts.counters().connectionEnded(reason);
        if (begun != null) {
            parts.counters().connectionClosed(begun.side.transport());
            begun.side.clients().remove(client, this);
            begun.side.packets().gone(begun.key);
        }
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void channelData(ByteBuf payload, int header) {
        if (mayRelay(payload)) {
            writer.add(header, payload);
        }
    }

    @Override
    public void data(ByteBuf indication) {
        if (mayRelay(indication)) {
            writer.add(indication);
        }
    }

    /** A relay drops, it does not queue: a client that reads slower than its peers send loses datagrams, not time. */
    private boolean mayRelay(ByteBuf relayed) {
        if (ended || !writer.isWritable()) {
            relayed.release();
            parts.counters().dropped(ended ? WireDrop.CLIENT_GONE : WireDrop.SLOW_CLIENT);
            if (!ended) {
                parts.refusals().dropped(WireDrop.SLOW_CLIENT, client);
            }
            return false;
        }
        return true;
    }

    @Override
    public void reply(ByteBuf message) {
        if (ended) {
            message.release();
            return;
        }
        writer.add(message);
        StreamLimits limits = parts.limits();
        if (writer.bytesOver() > limits.sendQueueBytes() / 2 + limits.replyQueueBytes()) {
            end(ConnectionEnd.SLOW_READER);
        }
    }

    @Override
    public boolean becomeData(Joint joint) {
        if (ended || begun == null) {
            return false;
        }
        ended = true;
        deadline.cancel();
        writer.flush();
        begun.side.clients().remove(client, this);
        ClientTransport transport = begun.side.transport();
        channel.closeFuture().addListener(closed -> {
            parts.counts().leave();
            parts.counters().connectionEnded(ConnectionEnd.CLIENT);
            parts.counters().connectionClosed(transport);
        });
        channel.pipeline().addLast("joined", joint.join(channel));
        channel.pipeline().remove(this);
        channel.pipeline().remove("framing"); // what has come already goes on to the joint
        return true;
    }

    @Override
    public void authenticated() {
        if (!authenticated && !ended) {
            authenticated = true;
            parts.counts().end(client.ip());
        }
    }
}
