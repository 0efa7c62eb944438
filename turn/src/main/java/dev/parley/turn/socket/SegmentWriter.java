package dev.parley.turn.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one socket sends during a read loop: consecutive datagrams to the same destination and of equal length
 * (the last may be shorter) leave as one {@code UDP_SEGMENT} send, which passes the kernel's stack once. One per
 * socket,
 * used on its event loop only; whoever adds gives its reference away.
 *
 * <p>The datagrams of a run are copied into one buffer, header and payload alternating: the memory is warm in the
 * cache, a
 * gather write would need two vectors for each datagram, and the received buffer goes back to its pool before the next
 * read. What leaves alone is not copied unless it needs a header.
 *
 * <p>A refused segmented send is repeated datagram by datagram, so nothing is lost by trying. What was refused is
 * remembered: a device without checksum offload (EIO) for good, a segment too long for the path to one destination
 * (EINVAL, EMSGSIZE) for that destination.
 */
public final class SegmentWriter implements FlushQueue.Gathering {
    /** For {@link #add}: the payload goes out as it is. */
    public static final int NO_HEADER = 0;

    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int EMSGSIZE = -90;

    private final Channel channel;
    private final @Nullable DatagramChannel nioSocket;
    private final FlushQueue queue;
    private final SendLosses losses;

    private boolean segmenting;
    private @Nullable InetSocketAddress refusedRecipient;
    private int refusedSegmentBytes;

    private boolean queued;
    private ByteBuf[] payloads = noPayloads(4);
    private int[] headers = new int[4];
    private int count;
    private int segmentBytes;
    private int lastBytes;
    private int totalBytes;
    private @Nullable InetSocketAddress recipient;

    /**
     * @param nioSocket the socket below an NIO channel, null with native epoll
     * @param segmenting whether the kernel knows UDP_SEGMENT
     */
    public SegmentWriter(
            Channel channel,
            @Nullable DatagramChannel nioSocket,
            boolean segmenting,
            FlushQueue queue,
            SendLosses losses) {
        this.channel = channel;
        this.nioSocket = nioSocket;
        this.segmenting = segmenting;
        this.queue = queue;
        this.losses = losses;
    }

    public Channel channel() {
        return channel;
    }

    /**
     * Takes one datagram, to be sent at the end of the read loop at the latest.
     *
     * @param payload owned by the writer from here on
     * @param header the four bytes of a ChannelData header, or {@link #NO_HEADER}
     */
    public void add(ByteBuf payload, int header, InetSocketAddress to) {
        int bytes = payload.readableBytes() + (header == NO_HEADER ? 0 : Integer.BYTES);
        if (!queued) {
            queued = true;
            queue.enqueue(this);
        }
        if (bytes == 0) {
            payload.release();
            sendEmpty(to);
            return;
        }
        if (count > 0 && !joins(bytes, to)) {
            finishRun();
        }
        append(payload, header, bytes, to);
    }

    /** Sends everything gathered; called by the {@link FlushQueue} at the end of a read loop. */
    @Override
    public void flush() {
        queued = false;
        finishRun();
        channel.flush();
    }

    /** Forgets what was gathered; the socket is closed. */
    public void discard() {
        for (int i = 0; i < count; i++) {
            take(i).release();
        }
        count = 0;
    }

    private boolean joins(int bytes, InetSocketAddress to) {
        return segmenting
                && lastBytes == segmentBytes // only the last datagram of a run may be shorter
                && bytes <= segmentBytes
                && count < SocketDefaults.SEGMENTS_MAX
                && totalBytes + bytes <= SocketDefaults.SEGMENTED_BYTES_MAX
                && to.equals(recipient)
                && !(segmentBytes >= refusedSegmentBytes && to.equals(refusedRecipient));
    }

    private void append(ByteBuf payload, int header, int bytes, InetSocketAddress to) {
        if (count == 0) {
            recipient = to;
            segmentBytes = bytes;
            totalBytes = 0;
        } else if (count == payloads.length) {
            ByteBuf[] longer = noPayloads(count * 2);
            System.arraycopy(payloads, 0, longer, 0, count);
            payloads = longer;
            headers = Arrays.copyOf(headers, count * 2);
        }
        payloads[count] = payload;
        headers[count] = header;
        count++;
        lastBytes = bytes;
        totalBytes += bytes;
    }

    private ByteBuf take(int index) {
        ByteBuf payload = payloads[index];
        payloads[index] = Unpooled.EMPTY_BUFFER;
        return payload;
    }

    private static ByteBuf[] noPayloads(int length) {
        ByteBuf[] none = new ByteBuf[length];
        Arrays.fill(none, Unpooled.EMPTY_BUFFER);
        return none;
    }

    private void finishRun() {
        InetSocketAddress to = recipient;
        if (count == 0 || to == null) {
            return;
        }
        if (!channel.isWritable()) {
            // The queue of unsent bytes is over its mark: hand it to the kernel now, and if that does not help, drop.
            channel.flush();
            if (!channel.isWritable()) {
                losses.queueFull(count);
                discard();
                return;
            }
        }
        if (count == 1 && headers[0] == NO_HEADER) {
            channel.write(new DatagramPacket(take(0), to), channel.voidPromise());
        } else if (count == 1) {
            channel.write(new DatagramPacket(joined(), to), channel.voidPromise());
        } else {
            writeSegmented(joined(), to);
        }
        count = 0;
    }

    /** {@code [header][payload][header][payload]...} in one buffer. */
    private ByteBuf joined() {
        ByteBuf target = channel.alloc().directBuffer(totalBytes);
        for (int i = 0; i < count; i++) {
            if (headers[i] != NO_HEADER) {
                target.writeInt(headers[i]);
            }
            ByteBuf payload = take(i);
            target.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            payload.release();
        }
        return target;
    }

    private void writeSegmented(ByteBuf content, InetSocketAddress to) {
        int bytes = segmentBytes;
        ByteBuf retainedForRefusal = content.retainedDuplicate();
        channel.write(new SegmentedDatagramPacket(content, bytes, to))
                .addListener((ChannelFutureListener) sent -> segmentedSent(sent, retainedForRefusal, bytes, to));
    }

    private void segmentedSent(ChannelFuture sent, ByteBuf content, int bytes, InetSocketAddress to) {
        try {
            if (!sent.isSuccess() && sent.cause() instanceof NativeIoException refusal) {
                refused(refusal, content, bytes, to);
            }
        } finally {
            content.release();
        }
    }

    private void refused(NativeIoException refusal, ByteBuf content, int bytes, InetSocketAddress to) {
        int datagrams = (content.readableBytes() + bytes - 1) / bytes;
        switch (refusal.expectedErr()) {
            case EIO -> segmenting = false;
            case EINVAL, EMSGSIZE -> {
                refusedRecipient = to;
                refusedSegmentBytes = bytes;
            }
            default -> {
                losses.refused(datagrams);
                return;
            }
        }
        while (content.isReadable()) {
            ByteBuf retainedDatagram = content.readRetainedSlice(Math.min(bytes, content.readableBytes()));
            channel.write(new DatagramPacket(retainedDatagram, to), channel.voidPromise());
        }
        channel.flush();
    }

    private void sendEmpty(InetSocketAddress to) {
        // What came before it leaves before it; what comes after is written later.
        finishRun();
        channel.flush();
        try {
            EmptyDatagrams.send(channel, nioSocket, to);
        } catch (IOException refusal) {
            losses.refused(1);
        }
    }
}
