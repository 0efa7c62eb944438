package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket on a descriptor of our own, driven by Netty's epoll loop. Level-triggered: what one wake-up leaves, the
 * next finds.
 */
final class EpollUdpSocket implements UdpSocket, EpollIoHandle {
    private static final EpollIoOps ERRORS = EpollIoOps.EPOLLERR;
    private static final EpollIoOps READ = ERRORS.with(EpollIoOps.EPOLLIN);
    private static final EpollIoOps WRITE = EpollIoOps.EPOLLOUT;

    private final FileDescriptor descriptor;
    private final TransportAddress local;
    private final boolean reportsErrors;
    private final DatagramReceiver receiver;
    private final FlushQueue flushQueue;
    private final LoopMemory memory;
    private final Sender sender;

    private @Nullable IoRegistration registration;
    private boolean reading;
    private boolean awaitingRoom;
    private boolean flushQueued;
    private boolean closed;

    EpollUdpSocket(
            int number,
            TransportAddress local,
            SocketOptions options,
            boolean segmenting,
            DatagramReceiver receiver,
            FlushQueue flushQueue,
            LoopMemory memory) {
        this.descriptor = new FileDescriptor(number);
        this.local = local;
        this.reportsErrors = options.reportsErrors();
        this.receiver = receiver;
        this.flushQueue = flushQueue;
        this.memory = memory;
        this.sender = new Sender(number, local.family(), segmenting, reportsErrors, receiver, memory);
    }

    void registeredAs(IoRegistration newRegistration) {
        registration = newRegistration;
        awaitEvents();
    }

    @Override
    public TransportAddress local() {
        return local;
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void startReading() {
        reading = true;
        awaitEvents();
    }

    @Override
    public void send(ByteBuf payload, int prefix, TransportAddress to, int headerFields) {
        if (closed) {
            payload.release();
            receiver.dropped(SocketDrop.REFUSED, 1);
            return;
        }
        sender.add(payload, prefix, to, headerFields);
        if (!flushQueued && !awaitingRoom) {
            flushQueued = true;
            flushQueue.enqueue(this);
        }
    }

    @Override
    public void flush() {
        flushQueued = false;
        if (closed) {
            return;
        }
        sender.flush();
        if (sender.isBlocked() != awaitingRoom) {
            awaitingRoom = sender.isBlocked();
            awaitEvents();
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        int happened = ((EpollIoEvent) event).ops().value();
        if (!closed && (happened & EpollIoOps.EPOLLERR.value()) != 0) {
            errors();
            receiver.readComplete();
        }
        if (!closed && (happened & EpollIoOps.EPOLLOUT.value()) != 0) {
            sender.unblock();
            flush();
        }
        if (!closed && reading && (happened & EpollIoOps.EPOLLIN.value()) != 0) {
            read();
        }
    }

    private void errors() {
        int number = descriptor.intValue();
        if (!reportsErrors || memory.errorQueue().drain(number, receiver) == 0) {
            // Asking for the error takes it away; otherwise the loop would be woken for it forever.
            memory.calls().option(number, Linux.SOL_SOCKET, Linux.SO_ERROR);
        }
    }

    private void read() {
        int error = memory.receiveBatch().readAll(descriptor.intValue(), receiver);
        if (error == Linux.EBADF || error == Linux.ENOTSOCK) {
            close();
            receiver.lost();
        } else if (error != 0) {
            errors();
        }
        receiver.readComplete();
    }

    private void awaitEvents() {
        IoRegistration standing = registration;
        if (standing != null && !closed) {
            EpollIoOps wanted = reading ? READ : ERRORS;
            standing.submit(awaitingRoom ? wanted.with(WRITE) : wanted);
        }
    }

    /** Also called by an event loop that ends, for everything that is still registered. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sender.discard();
        if (registration != null) {
            registration.cancel();
        }
        try {
            descriptor.close();
        } catch (IOException alreadyClosed) {
            receiver.lost();
        }
    }
}
