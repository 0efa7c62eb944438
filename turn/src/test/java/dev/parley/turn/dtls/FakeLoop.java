package dev.parley.turn.dtls;

import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An event loop whose tasks run when the test says so, on the test's thread, with a clock that the test sets. */
final class FakeLoop implements LoopSide {
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Map<InetSocketAddress, Consumer<byte[]>> networkByClient = new HashMap<>();
    final Map<WireDrop, Integer> drops = new EnumMap<>(WireDrop.class);
    final List<byte[]> received = new ArrayList<>();
    final List<InetSocketAddress> gone = new ArrayList<>();
    final Set<InetSocketAddress> withAllocation = new HashSet<>();
    long nowNanos;
    long bytesSent;
    long datagramsSent;

    /** What is sent to this client goes there. */
    void connect(InetSocketAddress client, Consumer<byte[]> network) {
        networkByClient.put(client, network);
    }

    /** Runs tasks until the condition holds. */
    void runUntil(BooleanSupplier condition) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            try {
                Runnable task = tasks.poll(20, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new AssertionError("it did not happen in " + PATIENCE_SECONDS + " s; drops " + drops);
            }
        }
    }

    int drops(WireDrop reason) {
        return drops.getOrDefault(reason, 0);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public ByteBufAllocator alloc() {
        return Unpooled.buffer(0).alloc();
    }

    @Override
    public void send(InetSocketAddress client, ByteBuf datagram) {
        byte[] bytes = ByteBufUtil.getBytes(datagram);
        datagram.release();
        bytesSent += bytes.length;
        datagramsSent++;
        Consumer<byte[]> network = networkByClient.get(client);
        if (network != null) {
            network.accept(bytes);
        }
    }

    @Override
    public boolean received(InetSocketAddress client, ByteBuf message) {
        received.add(ByteBufUtil.getBytes(message));
        return false;
    }

    @Override
    public void gone(InetSocketAddress client) {
        gone.add(client);
        withAllocation.remove(client);
    }

    @Override
    public boolean hasAllocation(InetSocketAddress client) {
        return withAllocation.contains(client);
    }

    @Override
    public void dropped(WireDrop reason) {
        drops.merge(reason, 1, Integer::sum);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }
}
