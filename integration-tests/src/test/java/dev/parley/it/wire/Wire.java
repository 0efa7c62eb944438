package dev.parley.it.wire;

/** Numbers of RFC 8489 and RFC 8656 as they stand on the wire. */
public final class Wire {
    public static final int COOKIE = 0x2112A442;
    public static final int HEADER_BYTES = 20;

    public static final int BINDING = 0x001;
    public static final int ALLOCATE = 0x003;
    public static final int REFRESH = 0x004;
    public static final int SEND = 0x006;
    public static final int DATA_METHOD = 0x007;
    public static final int CREATE_PERMISSION = 0x008;
    public static final int CHANNEL_BIND = 0x009;
    public static final int CONNECT = 0x00A;

    public static final int REQUEST = 0;
    public static final int INDICATION = 1;
    public static final int SUCCESS = 2;
    public static final int ERROR = 3;

    public static final int MAPPED_ADDRESS = 0x0001;
    public static final int USERNAME = 0x0006;
    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;
    public static final int CHANNEL_NUMBER = 0x000C;
    public static final int LIFETIME = 0x000D;
    public static final int XOR_PEER_ADDRESS = 0x0012;
    public static final int DATA = 0x0013;
    public static final int REALM = 0x0014;
    public static final int NONCE = 0x0015;
    public static final int XOR_RELAYED_ADDRESS = 0x0016;
    public static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    public static final int EVEN_PORT = 0x0018;
    public static final int REQUESTED_TRANSPORT = 0x0019;
    public static final int DONT_FRAGMENT = 0x001A;
    public static final int ACCESS_TOKEN = 0x001B;
    public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    public static final int PASSWORD_ALGORITHM = 0x001D;
    public static final int USERHASH = 0x001E;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int RESERVATION_TOKEN = 0x0022;
    public static final int ALTERNATE_DOMAIN = 0x8003;
    public static final int ALTERNATE_SERVER = 0x8023;
    public static final int ADDITIONAL_ADDRESS_FAMILY = 0x8000;
    public static final int ADDRESS_ERROR_CODE = 0x8001;
    public static final int PASSWORD_ALGORITHMS = 0x8002;
    public static final int ICMP = 0x8004;
    public static final int SOFTWARE = 0x8022;
    public static final int FINGERPRINT = 0x8028;

    public static final int IPV4 = 1;
    public static final int IPV6 = 2;
    public static final int UDP = 17;
    public static final int TCP = 6;

    private Wire() {}

    /** The message type of RFC 8489 section 5: the two bits of the class lie between those of the method. */
    public static int type(int messageClass, int method) {
        return (method & 0xF)
                | ((method & 0x70) << 1)
                | ((method & 0xF80) << 2)
                | ((messageClass & 1) << 4)
                | ((messageClass & 2) << 7);
    }

    public static int messageClass(int type) {
        return ((type >> 4) & 1) | ((type >> 7) & 2);
    }

    public static int method(int type) {
        return (type & 0xF) | ((type >> 1) & 0x70) | ((type >> 2) & 0xF80);
    }
}
