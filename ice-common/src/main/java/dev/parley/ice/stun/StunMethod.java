package dev.parley.ice.stun;

import org.jspecify.annotations.Nullable;

/** The methods of STUN (RFC 8489), TURN (RFC 8656 section 17) and TURN over TCP (RFC 6062 section 6.1). */
public enum StunMethod {
    BINDING(0x001),
    ALLOCATE(0x003),
    REFRESH(0x004),
    SEND(0x006),
    DATA(0x007),
    CREATE_PERMISSION(0x008),
    CHANNEL_BIND(0x009),
    CONNECT(0x00A),
    CONNECTION_BIND(0x00B),
    CONNECTION_ATTEMPT(0x00C);

    private static final @Nullable StunMethod[] BY_CODE = new @Nullable StunMethod[0x00D];

    static {
        for (StunMethod method : values()) {
            BY_CODE[method.code] = method;
        }
    }

    private final int code;

    StunMethod(int code) {
        this.code = code;
    }

    /** The method's number on the wire, 12 bits. */
    public int code() {
        return code;
    }

    /** Whether messages of this class exist for this method (checked on receipt, RFC 8489 section 6.3). */
    public boolean allows(StunClass messageClass) {
        return switch (this) {
            case BINDING -> true;
            case SEND, DATA, CONNECTION_ATTEMPT -> messageClass == StunClass.INDICATION;
            case ALLOCATE, REFRESH, CREATE_PERMISSION, CHANNEL_BIND, CONNECT, CONNECTION_BIND ->
                messageClass != StunClass.INDICATION;
        };
    }

    static @Nullable StunMethod find(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
