package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;
import java.io.IOException;

/** Opens the UDP sockets of one event loop, on its thread. */
public interface UdpSockets {
    /**
     * Opens and binds; nothing is read before {@link UdpSocket#startReading}.
     *
     * @throws IOException what the system said; a {@link SystemCallException} names its error
     */
    UdpSocket open(TransportAddress local, SocketOptions options, DatagramReceiver receiver) throws IOException;
}
