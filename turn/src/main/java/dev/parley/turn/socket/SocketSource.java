package dev.parley.turn.socket;

import io.netty.channel.EventLoop;

/** Where the sockets of event loops come from; tests have their own. */
public interface SocketSource {
    /**
     * The sockets of one event loop.
     *
     * @param flushQueue where sockets leave word that they gathered something
     */
    UdpSockets onLoop(EventLoop loop, FlushQueue flushQueue);

    /** True if each event loop can have a socket of its own at the same address. */
    boolean sharesPorts();
}
