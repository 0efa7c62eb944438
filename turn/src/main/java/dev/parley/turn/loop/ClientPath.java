package dev.parley.turn.loop;

import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

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

    /**
     * The same with the fields of the IP header that the data came with, one hop later. Streams have one header for
     * everything (RFC 8656 section 16) and ignore them.
     *
     * @param headerFields as {@link HeaderFields}
     */
    default void channelData(ByteBuf payload, int header, int headerFields) {
        channelData(payload, header);
    }

    /** Relayed data as a whole Data indication. Dropped and counted if the client does not read. */
    void data(ByteBuf indication);

    /** The same with the fields of the IP header that the data came with, one hop later; streams ignore them. */
    default void data(ByteBuf indication, int headerFields) {
        data(indication);
    }

    /** A whole STUN message that the client waits for. */
    void reply(ByteBuf message);

    /**
     * Makes the connection one that carries a peer's bytes and no STUN any more (RFC 6062 section 5.4).
     *
     * @param joint makes the handler that takes the client's bytes from now on
     * @return false if that cannot be: the client sends datagrams, or is gone
     */
    default boolean becomeData(Joint joint) {
        return false;
    }

    /** Makes the end of a pipeline out of the channel that it is for. */
    @FunctionalInterface
    interface Joint {
        ChannelHandler join(Channel client);
    }

    /** The client has shown a good credential, whatever became of its request. Called for each such request. */
    void authenticated();
}
