package dev.parley.turn.socket;

/**
 * How datagrams are taken from a socket; the configuration key is {@code turn.receive}. The portable NIO sockets know
 * neither and read one datagram a call.
 */
public enum ReceiveMode {
    /**
     * {@code UDP_GRO} with one {@code recvmsg} into a 64 KiB buffer, several times a wake-up. Where the interface
     * merges
     * datagrams of a flow, one call takes up to 64 of them; no datagram is ever too long.
     */
    GRO,
    /**
     * {@code recvmmsg} into slots of {@link SocketDefaults#BATCH_SLOT_BYTES}. For interfaces that never merge; a
     * datagram as long as its slot was cut by the kernel and is dropped.
     */
    BATCH
}
