package dev.parley.ice.stun;

import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.testing.SeededGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, the decoder ends in a result whose claims hold; every failure text has its seed. */
class StunDecoderSimTest {
    private static final int RUNS = 20_000;
    private static final int MOST_VALUE_BYTES = 1500;

    @Test
    void randomBytesBehindACookieEndInAResult() {
        forAll(random -> {
            byte[] bytes = random.bytes(random.between(0, 200));
            ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
            if (bytes.length >= StunHeader.LENGTH) {
                buffer.setShort(0, random.below(0x0200)).setShort(2, bytes.length - StunHeader.LENGTH);
                buffer.setInt(4, StunHeader.COOKIE);
            }
            return buffer;
        });
    }

    @Test
    void mutatedMessagesEndInAResult() {
        forAll(random -> {
            ByteBuf buffer = random.chance(50)
                    ? Unpooled.buffer().writeBytes(Vectors.bytes(random.oneOf(Vectors.ALL)))
                    : randomMessage(random);
            for (int mutations = random.between(1, 4); mutations > 0; mutations--) {
                mutate(buffer, random);
            }
            return buffer;
        });
    }

    private static ByteBuf randomMessage(SeededGenerator random) {
        List<Attribute> attributes = new ArrayList<>();
        for (int count = random.below(6); count > 0; count--) {
            attributes.add(random.oneOf(Samples.ATTRIBUTES));
        }
        ByteBuf buffer = Samples.encode(Samples.request(attributes.toArray(new Attribute[0])));
        if (random.chance(50)) {
            IntegrityAlgorithm algorithm = random.oneOf(IntegrityAlgorithm.values());
            StunEncoder.appendIntegrity(buffer, 0, Vectors.SHORT_TERM, algorithm);
        }
        if (random.chance(50)) {
            StunEncoder.appendFingerprint(buffer, 0);
        }
        return buffer;
    }

    /** Most mutations keep the length right, or hardly anything would get past the header. */
    private static void mutate(ByteBuf buffer, SeededGenerator random) {
        int index = random.below(buffer.writerIndex());
        switch (random.below(6)) {
            case 0 -> buffer.setByte(index, buffer.getByte(index) ^ (1 << random.below(8)));
            case 1 -> buffer.setByte(index, random.below(256));
            case 2 -> buffer.setShort(index & ~1, random.below(1 << 16));
            case 3 -> buffer.setShort(index & ~1, random.below(40)); // a small length or a known type
            case 4 -> {
                buffer.writerIndex(Math.max(4, index & ~3));
                buffer.setShort(2, Math.max(0, buffer.writerIndex() - StunHeader.LENGTH));
            }
            default -> {
                buffer.writeInt(random.nextInt());
                buffer.setShort(2, Math.max(0, buffer.writerIndex() - StunHeader.LENGTH));
            }
        }
    }

    @Test
    void truncationAtEveryLengthEndsInAResult() {
        for (String vector : Vectors.ALL) {
            byte[] whole = Vectors.bytes(vector);
            for (int length = 0; length < whole.length; length++) {
                ByteBuf cut = Unpooled.copiedBuffer(whole, 0, length);
                DecodeResults.check(cut, StunDecoder.decode(cut));
                if (length >= StunHeader.LENGTH) { // and with a header that admits the cut
                    cut.setShort(2, length - StunHeader.LENGTH);
                    DecodeResults.check(cut, StunDecoder.decode(cut));
                }
            }
        }
    }

    @Test
    void everyAttributeOfEveryLengthAtEveryAlignmentEndsInAResult() {
        byte[] value = new SeededGenerator(1).bytes(MOST_VALUE_BYTES + 4);
        for (int type : new int[] {
            0x0000, 0x0001, 0x0003, 0x0006, 0x0008, 0x0009, 0x000A, 0x000C, 0x000D, 0x0012, 0x0013, 0x0014, 0x0015,
                    0x0016,
            0x0017, 0x0018, 0x0019, 0x001A, 0x001B, 0x001C, 0x001D, 0x001E, 0x0020, 0x0022, 0x0024, 0x0025, 0x0026,
                    0x0027,
            0x002A, 0x7FFF, 0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x8022, 0x8023, 0x8027, 0x8028, 0x8029, 0x802A,
                    0x802B,
            0x802C, 0x802E, 0x8030, 0xFFFF
        }) {
            for (int length = 0; length <= MOST_VALUE_BYTES; length++) {
                int offset = length & 3; // the buffer may start anywhere
                ByteBuf buffer = Unpooled.buffer(offset + 24 + length + 3)
                        .writerIndex(offset)
                        .readerIndex(offset);
                StunHeader.write(buffer, StunClass.REQUEST, StunMethod.BINDING, Samples.ID, 4 + length + (-length & 3));
                buffer.writeShort(type).writeShort(length).writeBytes(value, 0, length + (-length & 3));
                DecodeResults.check(buffer, StunDecoder.decode(buffer));
            }
        }
    }

    private static void forAll(Function<SeededGenerator, ByteBuf> input) {
        SeededGenerator.forAll(RUNS, random -> {
            ByteBuf buffer = input.apply(random);
            try {
                DecodeResults.check(buffer, StunDecoder.decode(buffer));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(Vectors.hex(buffer), failure);
            }
        });
    }
}
