package dev.parley.turn.socket;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Opens the sockets of one epoll loop, and holds the native memory that they use in turn. */
final class EpollUdpSockets implements UdpSockets {
    private final IoEventLoop eventLoop;
    private final FlushQueue flushQueue;
    private final LinuxCalls calls = new LinuxCalls();
    private final LoopMemory memory;
    private final MemorySegment address = Arena.ofAuto().allocate(AddressBytes.SLOT, Long.BYTES);

    EpollUdpSockets(IoEventLoop eventLoop, FlushQueue flushQueue) {
        this.eventLoop = eventLoop;
        this.flushQueue = flushQueue;
        this.memory = new LoopMemory(calls, flushQueue);
        eventLoop.terminationFuture().addListener(_ -> memory.receiveBatch().release());
    }

    @Override
    public UdpSocket open(TransportAddress local, SocketOptions options, DatagramReceiver receiver) throws IOException {
        boolean ipv4 = local.family() == AddressFamily.IPV4;
        int number = checked("socket", calls.socket(ipv4 ? Linux.AF_INET : Linux.AF_INET6));
        try {
            prepare(number, local.family(), options);
            int bytes = AddressBytes.write(address, 0, local);
            checked("bind", calls.bind(number, address, bytes));
            checked("getsockname", calls.localAddress(number, address));
        } catch (SystemCallException refusal) {
            calls.close(number);
            throw refusal;
        }
        boolean segmenting = calls.setOption(number, Linux.SOL_UDP, Linux.UDP_SEGMENT, 0) == 0;
        TransportAddress bound = AddressBytes.read(address, 0);
        var socket = new EpollUdpSocket(number, bound, options, segmenting, receiver, flushQueue, memory);
        Future<IoRegistration> registration = eventLoop.register(socket);
        if (!registration.isSuccess()) { // on its own thread the loop answers at once
            socket.close();
            throw new IOException("the event loop takes no socket", registration.cause());
        }
        socket.registeredAs(registration.getNow());
        return socket;
    }

    private void prepare(int number, AddressFamily family, SocketOptions options) throws SystemCallException {
        if (options.sharesPort()) {
            checked("setsockopt", calls.setOption(number, Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1));
        }
        // Everything below makes the socket better and nothing depends on it; an old kernel may refuse.
        calls.setOption(number, Linux.SOL_SOCKET, Linux.SO_RCVBUF, options.queueBytes());
        calls.setOption(number, Linux.SOL_SOCKET, Linux.SO_SNDBUF, options.queueBytes());
        calls.setOption(number, Linux.SOL_UDP, Linux.UDP_GRO, 1);
        if (family == AddressFamily.IPV4) {
            calls.setOption(number, Linux.SOL_IP, Linux.IP_RECVTTL, 1);
            calls.setOption(number, Linux.SOL_IP, Linux.IP_RECVTOS, 1);
            calls.setOption(number, Linux.SOL_IP, Linux.IP_RECVERR, options.reportsErrors() ? 1 : 0);
        } else {
            calls.setOption(number, Linux.SOL_IPV6, Linux.IPV6_V6ONLY, 1);
            calls.setOption(number, Linux.SOL_IPV6, Linux.IPV6_RECVHOPLIMIT, 1);
            calls.setOption(number, Linux.SOL_IPV6, Linux.IPV6_RECVTCLASS, 1);
            calls.setOption(number, Linux.SOL_IPV6, Linux.IPV6_RECVERR, options.reportsErrors() ? 1 : 0);
        }
        Fragmenting.set(calls, number, family, false);
    }

    private static int checked(String call, int result) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, -result);
        }
        return result;
    }
}
