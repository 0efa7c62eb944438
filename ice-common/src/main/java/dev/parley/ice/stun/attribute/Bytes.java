package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of opaque bytes with value equality, so that records need no arrays. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int MOST_PRINTED = 32;

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the array. */
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** Copies part of a borrowed buffer; its indices stay as they are. */
    public static Bytes copyOf(ByteBuf buffer, int offset, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return new Bytes(copy);
    }

    public int length() {
        return bytes.length;
    }

    /** A fresh copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    void writeTo(ByteBuf target) {
        target.writeBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal, cut after 32 bytes: a stranger's megabyte must not fill a log. */
    @Override
    public String toString() {
        int printed = Math.min(bytes.length, MOST_PRINTED);
        String hex = HexFormat.of().formatHex(bytes, 0, printed);
        return printed == bytes.length ? hex : hex + "... (" + bytes.length + " bytes)";
    }
}
