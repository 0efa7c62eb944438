package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.stream.StreamSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Binds every listening address on every event loop, before any of them reads. */
final class Listeners {
    private final List<LoopWiring> loops;
    private final boolean portsShared;

    /** @param portsShared whether the sockets of several loops share a port, which hides that another process has it */
    Listeners(List<LoopWiring> loops, boolean portsShared) {
        this.loops = loops;
        this.portsShared = portsShared;
    }

    List<TransportAddress> bindUdp(List<TransportAddress> listen) throws ListenException, InterruptedException {
        return bind(listen, "UDP", LoopWiring::listen, Listeners::requireUnusedByDatagrams);
    }

    List<TransportAddress> bindStreams(StreamSettings settings) throws ListenException, InterruptedException {
        if (settings.onOneLoop() && loops.size() > 1) {
            List<TransportAddress> bound = new Listeners(loops.subList(0, 1), portsShared).bindStreams(settings);
            // Their mobile clients may go over to a connection, whose messages are then handed over to them.
            for (LoopWiring other : loops.subList(1, loops.size())) {
                bound.forEach(address -> other.addStreamListener());
            }
            return bound;
        }
        return bind(settings.listen(), "TCP", LoopWiring::listenForStreams, Listeners::requireUnusedByStreams);
    }

    /** Binds one address on one loop, and tells where it is bound. */
    private interface Binding {
        TransportAddress bind(LoopWiring loop, TransportAddress address) throws ListenException, InterruptedException;
    }

    /** Fails if another socket has the address. */
    private interface Probe {
        void tryBind(TransportAddress address) throws IOException;
    }

    private List<TransportAddress> bind(List<TransportAddress> listen, String protocol, Binding binding, Probe probe)
            throws ListenException, InterruptedException {
        List<TransportAddress> bound = new ArrayList<>();
        for (TransportAddress wanted : concrete(listen, protocol)) {
            if (portsShared) {
                requireUnused(wanted, protocol, probe);
            }
            // Port 0 becomes a port with the first loop; the others join it.
            TransportAddress address = wanted;
            for (LoopWiring loop : loops) {
                address = binding.bind(loop, address);
            }
            bound.add(address);
        }
        return bound;
    }

    private static List<TransportAddress> concrete(List<TransportAddress> listen, String protocol)
            throws ListenException {
        if (listen.isEmpty()) {
            return List.of();
        }
        try {
            List<TransportAddress> concrete = ListenAddresses.withoutWildcards(listen, ListenAddresses.ofThisHost());
            if (concrete.isEmpty()) {
                throw new ListenException(
                        listen.getFirst(), protocol, BindRefusal.NOT_LOCAL, new SocketException("no such address"));
            }
            return concrete;
        } catch (SocketException e) {
            throw new ListenException(listen.getFirst(), protocol, BindRefusal.OTHER, e);
        }
    }

    /**
     * Listeners share their port with SO_REUSEPORT, which would let a second process of ours share it too and take
     * half of the clients. A socket without the option finds out.
     */
    private static void requireUnused(TransportAddress address, String protocol, Probe probe) throws ListenException {
        try {
            probe.tryBind(address);
        } catch (IOException e) {
            throw new ListenException(address, protocol, BindRefusal.of(e), e);
        }
    }

    private static void requireUnusedByDatagrams(TransportAddress address) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(address.toInetSocketAddress());
        }
    }

    /** What an earlier process has left in TIME_WAIT may stay there; only a socket that listens is in the way. */
    private static void requireUnusedByStreams(TransportAddress address) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address.toInetSocketAddress());
        }
    }
}
