package dev.parley.turn.udp;

import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.socket.SegmentWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/** The ways back to the clients of one UDP listener: its socket and the client's address, which anybody can claim. */
public final class UdpClients implements ClientPaths.OfListener {
    private final SegmentWriter writer;

    /**
     * For one listener.
     *
     * @param writer of the listening socket
     */
    public UdpClients(SegmentWriter writer) {
        this.writer = writer;
    }

    @Override
    public ClientPath find(ClientKey client) {
        return new UdpPath(writer, client.address().toInetSocketAddress());
    }

    private record UdpPath(SegmentWriter writer, InetSocketAddress client) implements ClientPath {
        @Override
        public ByteBufAllocator alloc() {
            return writer.channel().alloc();
        }

        @Override
        public void channelData(ByteBuf payload, int header) {
            writer.add(payload, header, client);
        }

        @Override
        public void data(ByteBuf indication) {
            writer.add(indication, SegmentWriter.NO_HEADER, client);
        }

        @Override
        public void reply(ByteBuf message) {
            writer.add(message, SegmentWriter.NO_HEADER, client);
        }

        @Override
        public void authenticated() {}
    }
}
