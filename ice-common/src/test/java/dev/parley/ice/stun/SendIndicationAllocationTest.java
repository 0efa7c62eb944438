package dev.parley.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Send indications are data path: what decoding one allocates is pinned, and does not grow with the payload. */
class SendIndicationAllocationTest {
    private static final int PACKETS = 20_000;
    private static final int MOST_BYTES_PER_PACKET = 400;

    private static int decoded;

    @Test
    void decodingAllocatesLittleAndNothingOfThePayload() {
        long small = bytesPerPacket(sendIndication(4));
        long large = bytesPerPacket(sendIndication(60_000));
        assertThat(small).isLessThanOrEqualTo(MOST_BYTES_PER_PACKET);
        assertThat(large).isLessThanOrEqualTo(MOST_BYTES_PER_PACKET);
    }

    private static ByteBuf sendIndication(int payloadBytes) {
        // a heap buffer: the leak detector of the tests allocates for every look into a direct one
        ByteBuf packet = Unpooled.buffer();
        StunEncoder.writeSendIndicationHeader(packet, Samples.ID, Samples.IPV4, payloadBytes);
        return packet.writeZero(payloadBytes);
    }

    private static long bytesPerPacket(ByteBuf packet) {
        decodeMany(packet); // loads classes and lets the compiler settle
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeMany(packet);
        long after = threads.getCurrentThreadAllocatedBytes();
        packet.release();
        return (after - before) / PACKETS;
    }

    private static void decodeMany(ByteBuf packet) {
        for (int i = 0; i < PACKETS; i++) {
            if (StunDecoder.decode(packet) instanceof DecodeResult.Decoded) {
                decoded++;
            }
        }
        assertThat(decoded).isPositive();
    }
}
