package dev.parley.turn.udp;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.UdpSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The ways back to the clients of one UDP listener: its socket and the client's address, which anybody can claim. */
public final class UdpClients implements ClientPaths.OfListener {
    private final UdpSocket socket;

    /**
     * For one listener.
     *
     * @param socket of the listener
     */
    public UdpClients(UdpSocket socket) {
        this.socket = socket;
    }

    @Override
    public ClientPath find(ClientKey client) {
        return new UdpPath(socket, client.address());
    }

    /** What the server says for itself leaves with the system's own TTL, never with one that was carried here. */
    private record UdpPath(UdpSocket socket, TransportAddress client) implements ClientPath {
        @Override
        public ByteBufAllocator alloc() {
            return ByteBufAllocator.DEFAULT;
        }

        @Override
        public void channelData(ByteBuf payload, int header) {
            channelData(payload, header, HeaderFields.DEFAULT);
        }

        @Override
        public void channelData(ByteBuf payload, int header, int headerFields) {
            socket.send(payload, header, client, headerFields);
        }

        @Override
        public void data(ByteBuf indication) {
            data(indication, HeaderFields.DEFAULT);
        }

        @Override
        public void data(ByteBuf indication, int headerFields) {
            socket.send(indication, UdpSocket.NO_PREFIX, client, headerFields);
        }

        @Override
        public void reply(ByteBuf message) {
            socket.send(message, UdpSocket.NO_PREFIX, client, HeaderFields.DEFAULT);
        }

        @Override
        public void authenticated() {}
    }
}
