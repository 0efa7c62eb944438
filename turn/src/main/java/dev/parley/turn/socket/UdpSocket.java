package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;

/** One open UDP socket; used on its event loop only. */
public interface UdpSocket extends FlushQueue.Gathering {
    /** For {@link #send}: nothing goes in front of the payload. */
    int NO_PREFIX = 0;

    /** Where it is bound, with the port the system chose if none was asked for. */
    TransportAddress local();

    /** From now on datagrams are handed over. */
    void startReading();

    /**
     * Takes one datagram, which may be empty, to be sent at the next {@link #flush} at the latest.
     *
     * @param payload given away
     * @param prefix four bytes in front of the payload, such as a ChannelData header, or {@link #NO_PREFIX}
     * @param headerFields as {@link HeaderFields}; a socket of the portable kind sends with the system's defaults
     */
    void send(ByteBuf payload, int prefix, TransportAddress to, int headerFields);

    /** Hands everything taken to the kernel; what the kernel does not take now waits for it, within limits. */
    @Override
    void flush();

    /** Closes the socket; what it still held is forgotten. */
    void close();
}
