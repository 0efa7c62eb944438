package dev.parley.it.socket;

import dev.parley.turn.socket.Arrival;
import dev.parley.turn.socket.DatagramReceiver;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.IcmpError;
import dev.parley.turn.socket.SocketDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Notes what a socket tells, for the test's thread. */
final class Recorder implements DatagramReceiver {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<IcmpError> errors = new LinkedBlockingQueue<>();
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** One datagram: its payload as hexadecimal digits, TTL and traffic class of its header. */
    record Received(String payload, int ttl, int trafficClass) {}

    /** The next datagram. */
    Received next() {
        return require(received, PATIENCE);
    }

    /** The next ICMP error. */
    IcmpError nextError() {
        return require(errors, PATIENCE);
    }

    /** True if no further datagram comes for a while. */
    boolean isSilent() {
        return poll(received, Duration.ofMillis(200)) == null;
    }

    private static <T> T require(BlockingQueue<T> queue, Duration patience) {
        T next = poll(queue, patience);
        if (next == null) {
            throw new AssertionError("nothing came within " + patience);
        }
        return next;
    }

    private static <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience) {
        try {
            return queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int drops() {
        return drops.get();
    }

    int failures() {
        return failures.get();
    }

    @Override
    public void received(ByteBuf payload, Arrival arrival) {
        int fields = arrival.headerFields();
        received.add(new Received(
                ByteBufUtil.hexDump(payload), HeaderFields.ttl(fields), HeaderFields.trafficClass(fields)));
        payload.release();
    }

    @Override
    public void readComplete() {}

    @Override
    public void icmpError(IcmpError error) {
        errors.add(error);
    }

    @Override
    public void dropped(SocketDrop reason, int datagrams) {
        drops.addAndGet(datagrams);
    }

    @Override
    public void failed(RuntimeException bug) {
        failures.incrementAndGet();
    }

    @Override
    public void lost() {
        failures.incrementAndGet();
    }
}
