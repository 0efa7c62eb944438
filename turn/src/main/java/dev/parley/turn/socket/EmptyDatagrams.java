package dev.parley.turn.socket;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends empty datagrams with a system call of their own. RFC 8656 relays them like any other, but Netty drops one that
 * is flushed alone, and inside a batch it loses the empty one and sends its successor twice.
 */
final class EmptyDatagrams {
    private EmptyDatagrams() {}

    /**
     * Sends now, past everything that waits in the channel: the caller flushes first.
     *
     * @param nioSocket the socket below an NIO channel; null with native epoll
     * @throws IOException what the kernel refused
     */
    static void send(Channel channel, @Nullable DatagramChannel nioSocket, InetSocketAddress recipient)
            throws IOException {
        if (nioSocket != null) {
            nioSocket.send(ByteBuffer.allocate(0), recipient);
        } else if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            socket.sendTo(ByteBuffer.allocateDirect(0), 0, 0, recipient.getAddress(), recipient.getPort());
        } else {
            throw new IOException("no way to send an empty datagram on " + channel);
        }
    }
}
