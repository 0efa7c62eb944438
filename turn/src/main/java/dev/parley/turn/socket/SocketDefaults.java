package dev.parley.turn.socket;

/** The numbers of the datagram sockets, once, with the reason for each. */
final class SocketDefaults {
    /** Bytes; the largest UDP datagram over IPv4 has 65,507 of payload, a GRO buffer at most 65,535. */
    static final int GRO_BUFFER_BYTES = 65_536;

    /** Bytes; longer than any datagram that fits an Ethernet frame. */
    static final int BATCH_SLOT_BYTES = 2048;

    /** Datagrams a {@code recvmmsg}. */
    static final int BATCH_SLOTS = 32;

    /** Datagrams read from one socket before the other sockets of its loop get their turn. */
    static final int DATAGRAMS_PER_WAKE_UP = 256;

    /** The kernel's UDP_MAX_SEGMENTS was 64 before Linux 6.9, 128 after. */
    static final int SEGMENTS_MAX = 64;

    /** Bytes; IPv6 payload 65,535 without the UDP header, and IPv4's without both, is the lower. */
    static final int SEGMENTED_BYTES_MAX = 65_507;

    /** Bytes asked of the kernel for a listener's queues, which all clients of a loop share. */
    static final int LISTENER_QUEUE_BYTES = 4 << 20;

    /** Bytes asked of the kernel for a relay socket's queues. */
    static final int RELAY_QUEUE_BYTES = 1 << 20;

    /** Bytes that may wait in user space for a full socket before packets are dropped. */
    static final int SEND_QUEUE_BYTES = 256 << 10;

    private SocketDefaults() {}
}
