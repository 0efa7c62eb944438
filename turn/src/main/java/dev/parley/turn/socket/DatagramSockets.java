package dev.parley.turn.socket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Where the sockets of the relay come from; tests have their own. */
public interface DatagramSockets {
    /** How a socket is used, which decides its options. */
    enum Use {
        LISTENER,
        RELAY
    }

    /** Begins to bind. The future fails with what the kernel said, on whatever thread. A listener does not read yet. */
    ChannelFuture bind(EventLoop loop, Use use, InetSocketAddress address, Opening opening);

    /** Whether runs of datagrams may leave as one segmented send. */
    boolean segments();

    /** A datagram of this length was cut by the kernel; Integer.MAX_VALUE where that cannot be. */
    int cutAtBytes();

    /** Carries a socket's handler into its channel, and the JDK's socket below an NIO channel out of it. */
    final class Opening {
        private final ChannelHandler handler;
        private @Nullable DatagramChannel nioSocket;

        public Opening(ChannelHandler handler) {
            this.handler = handler;
        }

        public ChannelHandler handler() {
            return handler;
        }

        public void below(DatagramChannel socket) {
            nioSocket = socket;
        }

        public @Nullable DatagramChannel nioSocket() {
            return nioSocket;
        }
    }
}
