package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.AddressPrefix;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Closes a new connection at once if there are too many, before anything is read from it. */
final class AddressGate extends ChannelInboundHandlerAdapter {
    private final ConnectionCount count;
    private final ClientAddresses clients;
    private final HubCounters counters;
    private @Nullable IpAddress connected;
    private @Nullable AddressPrefix counted;
    private boolean taken;

    AddressGate(ConnectionCount count, ClientAddresses clients, HubCounters counters) {
        this.count = count;
        this.clients = clients;
        this.counters = counters;
    }

    private static @Nullable IpAddress remoteOf(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? IpAddress.ofInetAddress(inet.getAddress())
                : null;
    }

    /** Where the request comes from; null if the connection is gone already. */
    static @Nullable IpAddress clientOf(ChannelHandlerContext ctx, HttpRequest request) {
        AddressGate gate = ctx.pipeline().get(AddressGate.class);
        IpAddress connected = gate.connected;
        return connected == null ? null : gate.clients.clientOf(connected, request.headers());
    }

    /**
     * The connection is this client's alone from now on, so it counts as one of its address. Requests of a proxy may be
     * of many, and count as nobody's.
     *
     * @return whether that address may have one more
     */
    static boolean keepFor(ChannelHandlerContext ctx, IpAddress client) {
        return ctx.pipeline().get(AddressGate.class).keepFor(AddressPrefix.of(client));
    }

    private boolean keepFor(AddressPrefix client) {
        if (counted == null && !count.tryAcquireAddress(client)) {
            counters.connectionRefused();
            return false;
        }
        counted = counted == null ? client : counted;
        return true;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connected = remoteOf(ctx.channel().remoteAddress());
        AddressPrefix prefix = connected == null || clients.isProxy(connected) ? null : AddressPrefix.of(connected);
        taken = connected != null && count.tryAcquireTotal();
        if (!taken || (prefix != null && !count.tryAcquireAddress(prefix))) {
            counters.connectionRefused();
            release();
            ctx.close();
            return;
        }
        counted = prefix;
        counters.connectionOpened();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (taken) {
            release();
            counters.connectionClosed();
        }
        ctx.fireChannelInactive();
    }

    private void release() {
        if (counted != null) {
            count.releaseAddress(counted);
            counted = null;
        }
        if (taken) {
            count.releaseTotal();
            taken = false;
        }
    }
}
