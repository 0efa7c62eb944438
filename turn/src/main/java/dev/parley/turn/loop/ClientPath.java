package dev.parley.turn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The way back to one client, over whatever transport it came. Used on the event loop that has the client; what is
 * given is sent at the end of the loop's turn at the latest. Whoever gives a buffer gives its reference away.
 */
public interface ClientPath {
    /** For the buffers that {@link #reply} and {@link #data} take. */
    ByteBufAllocator alloc();

    /**
     * Relayed data as ChannelData (RFC 8656 section 12.4). Dropped and counted if the client does not read.
     *
     * @param header the four bytes of the ChannelData header: channel number and payload length
     */
    void channelData(ByteBuf payload, int header);

    /** Relayed data as a whole Data indication. Dropped and counted if the client does not read. */
    void data(ByteBuf indication);

    /** A whole STUN message that the client waits for. */
    void reply(ByteBuf message);

    /** The client has shown a good credential, whatever became of its request. Called for each such request. */
    void authenticated();
}
