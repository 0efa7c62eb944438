package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.socket.SocketSource;
import dev.parley.turn.socket.SystemCallException;
import dev.parley.turn.socket.UdpSockets;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sockets that remember what they sent, and a kernel that refuses when told to. */
final class FakeSockets implements SocketSource {
    static final int EADDRINUSE = 98;
    static final int EMFILE = 24;

    private final Map<TransportAddress, FakeSocket> socketsByAddress = new LinkedHashMap<>();
    private final ArrayDeque<Integer> nextErrors = new ArrayDeque<>();
    private final List<EmbeddedChannel> clockworks;

    /** Sockets of these loops, whose tasks they run after each wake-up. */
    FakeSockets(List<EmbeddedChannel> clockworks) {
        this.clockworks = clockworks;
    }

    /** The next sockets wanted are refused with these errors. */
    void refuse(int... errors) {
        for (int error : errors) {
            nextErrors.add(error);
        }
    }

    /** The socket at the address, perhaps closed since. */
    FakeSocket at(TransportAddress address) {
        FakeSocket socket = socketsByAddress.get(address);
        if (socket == null) {
            throw new IllegalStateException("no socket at " + address + ", only " + socketsByAddress.keySet());
        }
        return socket;
    }

    int count() {
        return (int)
                socketsByAddress.values().stream().filter(FakeSocket::isOpen).count();
    }

    void closeAll() {
        socketsByAddress.values().forEach(FakeSocket::close);
    }

    @Override
    public UdpSockets onLoop(EventLoop loop, FlushQueue flushQueue) {
        EmbeddedChannel clockwork = clockworks.stream()
                .filter(it -> it.eventLoop().equals(loop))
                .findFirst()
                .orElseThrow();
        return (local, options, receiver) -> {
            Integer error = nextErrors.poll();
            if (error != null) {
                throw new SystemCallException("bind", error);
            }
            FakeSocket socket = new FakeSocket(local, receiver, flushQueue, clockwork);
            socketsByAddress.put(local, socket);
            return socket;
        };
    }

    @Override
    public boolean sharesPorts() {
        return true;
    }
}
