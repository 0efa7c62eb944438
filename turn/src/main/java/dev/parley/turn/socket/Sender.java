package dev.parley.turn.socket;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;

/**
 * Sends what one socket gathered, in runs, and deals with what the kernel refuses.
 *
 * <p>A refused segmented send is repeated datagram by datagram, so nothing is lost by trying. What was refused is
 * remembered: a device without checksum offload (EIO) for good, a segment too long for the way to one destination
 * (EINVAL, EMSGSIZE) for that destination.
 */
final class Sender {
    private final int descriptor;
    private final AddressFamily family;
    private final boolean reportsErrors;
    private final DatagramReceiver receiver;
    private final LoopMemory memory;
    private final SendQueue queue;

    private boolean blocked;
    private boolean dontFragment;
    private boolean retried;

    /**
     * @param segmenting whether the kernel knows UDP_SEGMENT
     * @param reportsErrors whether ICMP errors are told, which also makes them fail sends that follow
     */
    Sender(
            int descriptor,
            AddressFamily family,
            boolean segmenting,
            boolean reportsErrors,
            DatagramReceiver receiver,
            LoopMemory memory) {
        this.descriptor = descriptor;
        this.family = family;
        this.reportsErrors = reportsErrors;
        this.receiver = receiver;
        this.memory = memory;
        this.queue = new SendQueue(segmenting);
    }

    /** @param payload given away */
    void add(ByteBuf payload, int prefix, TransportAddress to, int headerFields) {
        if (!queue.hasRoom(payload.readableBytes())) {
            flush();
        }
        if (!queue.hasRoom(payload.readableBytes())) {
            payload.release();
            receiver.dropped(SocketDrop.QUEUE_FULL, 1);
            return;
        }
        queue.add(payload.hasMemoryAddress() ? payload : inNativeMemory(payload), prefix, to, headerFields);
    }

    private static ByteBuf inNativeMemory(ByteBuf payload) {
        try {
            return payload.alloc()
                    .directBuffer(Math.max(1, payload.readableBytes()))
                    .writeBytes(payload);
        } finally {
            payload.release();
        }
    }

    /** True if the kernel takes no more for now; {@link #unblock} when it does. */
    boolean isBlocked() {
        return blocked;
    }

    void unblock() {
        blocked = false;
    }

    void flush() {
        SendBatch batch = memory.sendBatch();
        while (!queue.isEmpty() && !blocked) {
            batch.fill(queue);
            setDontFragment(HeaderFields.isDontFragment(queue.headerFields(0)));
            int sent = memory.calls().send(descriptor, batch.address(), batch.count());
            if (sent > 0) {
                retried = false;
                for (int i = 0; i < sent; i++) {
                    queue.remove(batch.runLength(i));
                }
            } else {
                refused(sent, batch.runLength(0));
            }
        }
    }

    /** Forgets what was gathered. */
    void discard() {
        queue.remove(queue.size());
    }

    /** The kernel did not take the first run. */
    private void refused(int error, int run) {
        switch (error) {
            case Linux.EINTR -> {}
            case Linux.EAGAIN -> blocked = true;
            case Linux.EIO, Linux.EINVAL, Linux.EMSGSIZE -> {
                if (run == 1) {
                    retryOrDrop(run);
                } else if (error == Linux.EIO) {
                    queue.segmentNoMore();
                } else {
                    queue.segmentLessToFirst();
                }
            }
            default -> retryOrDrop(run);
        }
    }

    /**
     * An ICMP error that arrived earlier fails whichever call comes next, whose datagram has nothing to do with it:
     * with the error out of the way it is sent again.
     */
    private void retryOrDrop(int run) {
        boolean mayBeOlder = reportsErrors && !retried && memory.errorQueue().drain(descriptor, receiver) > 0;
        if (mayBeOlder) {
            retried = true;
            return;
        }
        retried = false;
        queue.remove(run);
        receiver.dropped(SocketDrop.REFUSED, run);
    }

    private void setDontFragment(boolean wanted) {
        if (wanted != dontFragment) {
            dontFragment = wanted;
            Fragmenting.set(memory.calls(), descriptor, family, wanted);
        }
    }
}
