package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the kernel noted about datagrams that did not arrive: ICMP errors of routers and hosts, and its own
 * refusal to send what is too long for the way, which is reported as the router's error it stands for.
 *
 * <pre>
 *   struct sock_extended_err   errno(4) origin(1) type(1) code(1) pad(1) info(4) data(4)
 * </pre>
 */
final class ErrorQueue {
    /** Errors reported before the sockets of the loop get their turn again; a storm of ICMP is no reason to starve. */
    private static final int ERRORS_PER_WAKE_UP = 64;

    /** Bytes; the error with the address of whoever reported it, header fields of the original, and room to spare. */
    private static final int CONTROL_SLOT = 256;

    private static final int ICMP_UNREACHABLE = 3;
    private static final int ICMP_FRAGMENTATION_NEEDED = 4;
    private static final int ICMP6_PACKET_TOO_BIG = 2;

    private final DatagramCalls calls;
    private final MessageVector message = new MessageVector(1, CONTROL_SLOT, 1);
    private final MemorySegment payload = Arena.ofAuto().allocate(Long.BYTES);

    ErrorQueue(DatagramCalls calls) {
        this.calls = calls;
        message.iovec(0, payload.address(), payload.byteSize()); // the datagram itself is of no interest
    }

    /** Reports what waits; answers how many errors there were. */
    int drain(int descriptor, DatagramReceiver receiver) {
        int errors = 0;
        while (errors < ERRORS_PER_WAKE_UP) {
            message.offer(0, 0);
            int result = calls.receiveError(descriptor, message.address());
            if (result < 0 && result != Linux.EINTR) {
                return errors;
            }
            errors++;
            IcmpError error = result < 0 ? null : read();
            if (error != null) {
                report(error, receiver);
            }
        }
        return errors;
    }

    private static void report(IcmpError error, DatagramReceiver receiver) {
        try {
            receiver.icmpError(error);
        } catch (RuntimeException bug) {
            receiver.failed(bug);
        }
    }

    private @Nullable IcmpError read() {
        long end = message.controlLength(0);
        long at = 0;
        while (at + MessageVector.CONTROL_HEADER <= end) {
            long length = message.controls().get(JAVA_LONG, at);
            int level = message.controls().get(JAVA_INT, at + 8);
            int type = message.controls().get(JAVA_INT, at + 12);
            boolean isError = level == Linux.SOL_IP
                    ? type == Linux.IP_RECVERR
                    : level == Linux.SOL_IPV6 && type == Linux.IPV6_RECVERR;
            if (isError && message.nameLength(0) > 0) {
                return translate(at + MessageVector.CONTROL_HEADER);
            }
            if (length < MessageVector.CONTROL_HEADER) {
                return null;
            }
            at = MessageVector.afterControl(at, length);
        }
        return null;
    }

    private @Nullable IcmpError translate(long at) {
        TransportAddress destination = AddressBytes.read(message.names(), 0);
        int errorNumber = message.controls().get(JAVA_INT, at);
        int info = message.controls().get(JAVA_INT, at + 8);
        boolean ipv4 = destination.family() == AddressFamily.IPV4;
        return switch (message.controls().get(JAVA_BYTE, at + 4)) {
            case Linux.ORIGIN_ICMP, Linux.ORIGIN_ICMP6 -> {
                int type = message.controls().get(JAVA_BYTE, at + 5) & 0xFF;
                int code = message.controls().get(JAVA_BYTE, at + 6) & 0xFF;
                boolean tooBig = ipv4
                        ? type == ICMP_UNREACHABLE && code == ICMP_FRAGMENTATION_NEEDED
                        : type == ICMP6_PACKET_TOO_BIG;
                yield new IcmpError(destination, type, code, tooBig ? info : 0);
            }
            case Linux.ORIGIN_LOCAL -> {
                if (errorNumber != -Linux.EMSGSIZE) {
                    yield null;
                }
                yield ipv4
                        ? new IcmpError(destination, ICMP_UNREACHABLE, ICMP_FRAGMENTATION_NEEDED, info)
                        : new IcmpError(destination, ICMP6_PACKET_TOO_BIG, 0, info);
            }
            default -> null;
        };
    }
}
