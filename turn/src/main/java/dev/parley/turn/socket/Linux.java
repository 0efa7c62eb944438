package dev.parley.turn.socket;

/**
 * Numbers of the Linux system call interface, as x86-64 and 64-bit ARM have them. Error numbers are negative here,
 * since that is how {@link DatagramCalls} hands them out.
 */
final class Linux {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;

    static final int SOL_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_RECVERR = 11;
    static final int IP_RECVTTL = 12;
    static final int IP_RECVTOS = 13;

    /** Sets DF and lets no learned path MTU stop a datagram: finding the path's MTU is the client's business. */
    static final int PMTUDISC_PROBE = 3;

    /** Never sets DF, fragments what is too long for the interface, and still reports "fragmentation needed". */
    static final int PMTUDISC_OMIT = 5;

    /** Fragments to the path's MTU, as far as it is known; the default. */
    static final int IPV6_PMTUDISC_WANT = 1;

    static final int SOL_IPV6 = 41;
    static final int IPV6_MTU_DISCOVER = 23;
    static final int IPV6_RECVERR = 25;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;
    static final int IPV6_DONTFRAG = 62;
    static final int IPV6_RECVTCLASS = 66;
    static final int IPV6_TCLASS = 67;

    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;

    static final int EINTR = -4;
    static final int EIO = -5;
    static final int EBADF = -9;
    static final int EAGAIN = -11;
    static final int EINVAL = -22;
    static final int ENOTSOCK = -88;
    static final int EMSGSIZE = -90;

    /** Origins in {@code struct sock_extended_err}. */
    static final int ORIGIN_LOCAL = 1;

    static final int ORIGIN_ICMP = 2;
    static final int ORIGIN_ICMP6 = 3;

    private Linux() {}
}
