package dev.parley.turn.socket;

import io.netty.buffer.ByteBuf;

/** What a socket tells its owner, always on the socket's event loop. */
public interface DatagramReceiver {
    /**
     * One datagram.
     *
     * @param payload given away. Its memory is shared with other datagrams of the same read, so what is kept beyond
     *     the present turn of the event loop should be copied
     * @param arrival borrowed for the call
     */
    void received(ByteBuf payload, Arrival arrival);

    /** All datagrams of one wake-up were handed over. */
    void readComplete();

    /** A datagram of this socket did not arrive. Only where {@link SocketOptions#reportsErrors} asked for it. */
    void icmpError(IcmpError error);

    /** This many datagrams were lost here. */
    void dropped(SocketDrop reason, int datagrams);

    /** One of the methods above failed, which is a bug; the socket goes on. */
    void failed(RuntimeException bug);

    /** The socket is no longer usable although nobody closed it. */
    void lost();
}
