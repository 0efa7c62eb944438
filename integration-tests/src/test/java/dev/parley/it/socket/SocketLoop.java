package dev.parley.it.socket;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.DatagramReceiver;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.socket.SocketOptions;
import dev.parley.turn.socket.UdpSocket;
import dev.parley.turn.socket.UdpSockets;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One event loop with sockets on it, and the hand that reaches into its thread. */
final class SocketLoop implements AutoCloseable {
    private static final int QUEUE_BYTES = 4 << 20;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final UdpSockets sockets;
    private final FlushQueue queue = new FlushQueue();

    SocketLoop(SocketEngine engine) {
        group = new MultiThreadIoEventLoopGroup(1, engine.ioHandlers());
        loop = group.next();
        sockets = run(() -> engine.onLoop(loop, queue));
    }

    /** Opens a socket that reads, and reports ICMP errors where its kind can. */
    UdpSocket open(String address, DatagramReceiver receiver) {
        return run(() -> {
            UdpSocket socket = sockets.open(
                    TransportAddress.parse(address), new SocketOptions(false, true, QUEUE_BYTES), receiver);
            socket.startReading();
            return socket;
        });
    }

    /** Opens a socket, or throws what the system said. */
    void tryOpen(TransportAddress address) throws IOException {
        try {
            loop.submit(() -> sockets.open(address, new SocketOptions(false, false, QUEUE_BYTES), new Recorder()))
                    .get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof IOException refusal) {
                throw refusal;
            }
            throw new AssertionError(refused);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Does something as one turn of the loop: what is sent leaves at its end. */
    void turn(Runnable action) {
        run(() -> {
            action.run();
            queue.flushAll();
            return true;
        });
    }

    private <T> T run(Callable<T> action) {
        try {
            return loop.submit(action).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
