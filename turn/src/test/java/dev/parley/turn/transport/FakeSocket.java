package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.Arrival;
import dev.parley.turn.socket.DatagramReceiver;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.UdpSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket without a kernel: datagrams come from a test, and what was flushed can be looked at. */
final class FakeSocket implements UdpSocket {
    private final TransportAddress local;
    private final DatagramReceiver receiver;
    private final FlushQueue flushQueue;
    private final EmbeddedChannel clockwork;
    private final Arrival arrival = new Arrival();
    private final List<Sent> gathered = new ArrayList<>();
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private int flushes;
    private boolean reading;
    private boolean open = true;

    FakeSocket(TransportAddress local, DatagramReceiver receiver, FlushQueue flushQueue, EmbeddedChannel clockwork) {
        this.local = local;
        this.receiver = receiver;
        this.flushQueue = flushQueue;
        this.clockwork = clockwork;
    }

    /** One datagram that left: its bytes as hexadecimal digits. */
    record Sent(TransportAddress to, String hex, int headerFields) {
        ByteBuf bytes() {
            return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        }

        /** Destination and bytes; header fields only if they are not the system's own. */
        @Override
        public String toString() {
            if (headerFields == HeaderFields.DEFAULT) {
                return to + " " + hex;
            }
            return "%s %s ttl %d class %02x%s"
                    .formatted(
                            to,
                            hex,
                            HeaderFields.ttl(headerFields),
                            HeaderFields.trafficClass(headerFields),
                            HeaderFields.isDontFragment(headerFields) ? " df" : "");
        }
    }

    /** Datagrams of one wake-up. */
    void deliver(TransportAddress from, int headerFields, ByteBuf... datagrams) {
        if (!reading) {
            throw new IllegalStateException("nobody reads at " + local);
        }
        arrival.from(from.family(), from.high(), from.low(), from.port());
        arrival.with(headerFields);
        for (ByteBuf datagram : datagrams) {
            receiver.received(datagram, arrival);
        }
        receiver.readComplete();
        clockwork.runPendingTasks();
    }

    /** What its owner is told. */
    DatagramReceiver receiver() {
        return receiver;
    }

    /** The next datagram that left, or null. */
    @Nullable
    Sent next() {
        return sent.poll();
    }

    /** All datagrams that left since the last time. */
    List<String> sent() {
        List<String> all = sent.stream().map(Sent::toString).toList();
        sent.clear();
        return all;
    }

    /** How often something was flushed. */
    int flushes() {
        return flushes;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public TransportAddress local() {
        return local;
    }

    @Override
    public void startReading() {
        reading = true;
    }

    @Override
    public void send(ByteBuf payload, int prefix, TransportAddress to, int headerFields) {
        if (gathered.isEmpty()) {
            flushQueue.enqueue(this);
        }
        // In one piece: the leak detector takes a stack trace for every single byte that is read.
        String digits = ByteBufUtil.hexDump(ByteBufUtil.getBytes(payload));
        payload.release();
        gathered.add(new Sent(to, prefix == NO_PREFIX ? digits : "%08x".formatted(prefix) + digits, headerFields));
    }

    @Override
    public void flush() {
        flushes++;
        sent.addAll(gathered);
        gathered.clear();
    }

    @Override
    public void close() {
        open = false;
    }
}
