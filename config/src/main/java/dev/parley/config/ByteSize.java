package dev.parley.config;

/** An amount of memory, written {@code 512B}, {@code 64KiB} or {@code 1MiB}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    /** So many binary kilobytes. */
    public static ByteSize ofKibibytes(int kibibytes) {
        return new ByteSize((long) kibibytes * KIB);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes > 0 && bytes % MIB == 0) {
            return bytes / MIB + "MiB";
        }
        return bytes > 0 && bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }
}
