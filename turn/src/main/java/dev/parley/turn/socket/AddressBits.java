package dev.parley.turn.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the bytes of an address the way {@link dev.parley.ice.address.TransportAddress} holds them. */
public final class AddressBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private AddressBits() {}

    /** The 32 bits of an IPv4 address. */
    public static long low32(byte[] ip) {
        return (int) INTS.get(ip, 0) & 0xFFFF_FFFFL;
    }

    /** Eight bytes of an IPv6 address. */
    public static long at(byte[] ip, int offset) {
        return (long) LONGS.get(ip, offset);
    }
}
