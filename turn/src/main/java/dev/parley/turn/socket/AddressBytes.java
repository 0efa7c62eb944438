package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Socket addresses as the kernel has them:
 *
 * <pre>
 *   sockaddr_in    family(2) port(2) address(4) unused(8)
 *   sockaddr_in6   family(2) port(2) flow(4) address(16) scope(4)
 * </pre>
 *
 * Family and scope are in the machine's byte order, the rest in the network's.
 */
final class AddressBytes {
    /** Bytes set aside for either form. */
    static final int SLOT = 32;

    static final int IPV4_LENGTH = 16;
    static final int IPV6_LENGTH = 28;

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private AddressBytes() {}

    /** Answers the length of what was written. */
    static int write(MemorySegment memory, long offset, TransportAddress address) {
        memory.set(NETWORK_SHORT, offset + 2, (short) address.port());
        if (address.family() == AddressFamily.IPV4) {
            memory.set(JAVA_SHORT, offset, (short) Linux.AF_INET);
            memory.set(NETWORK_INT, offset + 4, (int) address.low());
            memory.set(JAVA_LONG_UNALIGNED, offset + 8, 0);
            return IPV4_LENGTH;
        }
        memory.set(JAVA_SHORT, offset, (short) Linux.AF_INET6);
        memory.set(JAVA_INT, offset + 4, 0);
        memory.set(NETWORK_LONG, offset + 8, address.high());
        memory.set(NETWORK_LONG, offset + 16, address.low());
        memory.set(JAVA_INT, offset + 24, 0);
        return IPV6_LENGTH;
    }

    static void read(MemorySegment memory, long offset, Arrival arrival) {
        int port = memory.get(NETWORK_SHORT, offset + 2) & 0xFFFF;
        if (memory.get(JAVA_SHORT, offset) == Linux.AF_INET) {
            arrival.from(AddressFamily.IPV4, 0, memory.get(NETWORK_INT, offset + 4) & 0xFFFF_FFFFL, port);
        } else {
            long high = memory.get(NETWORK_LONG, offset + 8);
            arrival.from(AddressFamily.IPV6, high, memory.get(NETWORK_LONG, offset + 16), port);
        }
    }

    static TransportAddress read(MemorySegment memory, long offset) {
        Arrival arrival = new Arrival();
        read(memory, offset, arrival);
        return arrival.sender();
    }
}
