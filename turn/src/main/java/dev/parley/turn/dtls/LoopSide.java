package dev.parley.turn.dtls;

import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/** What the DTLS clients of one listener need of their event loop; called on its thread, except {@link #execute}. */
interface LoopSide {
    long nowNanos();

    ByteBufAllocator alloc();

    /** Sends one datagram, which is given away. */
    void send(InetSocketAddress client, ByteBuf datagram);

    /** Takes one STUN or ChannelData message; true if the buffer now belongs to somebody else. */
    boolean received(InetSocketAddress client, ByteBuf message);

    /** The association has ended, and what the client made over it ends with it. */
    void gone(InetSocketAddress client);

    /** Whether the client has an allocation. */
    boolean hasAllocation(InetSocketAddress client);

    /** A datagram or record was dropped. */
    void dropped(WireDrop reason);

    /** A client that has returned its cookie found no place. */
    default void full(InetSocketAddress client) {
        dropped(WireDrop.DTLS_FULL);
    }

    /** From any thread: runs the task on the loop and sends what it wrote. */
    void execute(Runnable task);
}
