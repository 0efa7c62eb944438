package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.AddressPrefix;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Closes a new connection at once if there are too many, before anything is read from it. */
final class AddressGate extends ChannelInboundHandlerAdapter {
    private final ConnectionCount count;
    private final HubCounters counters;
    private @Nullable AddressPrefix counted;

    AddressGate(ConnectionCount count, HubCounters counters) {
        this.count = count;
        this.counters = counters;
    }

    /** Where the connection comes from; null if it is gone already. */
    static @Nullable IpAddress remoteOf(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? IpAddress.ofInetAddress(inet.getAddress())
                : null;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        IpAddress remote = remoteOf(ctx.channel().remoteAddress());
        AddressPrefix prefix = remote == null ? null : AddressPrefix.of(remote);
        if (prefix == null || !count.tryAcquire(prefix)) {
            counters.connectionRefused();
            ctx.close();
            return;
        }
        counted = prefix;
        counters.connectionOpened();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (counted != null) {
            count.release(counted);
            counted = null;
            counters.connectionClosed();
        }
        ctx.fireChannelInactive();
    }
}
