package dev.parley.ice.stun;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.MappedAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A Binding request of the first STUN (RFC 3489), which has no magic cookie and a transaction id of 16 bytes in its
 * place. Only its plain form is understood: one that asks for an answer from or to another address is none.
 *
 * @param transactionId 16 bytes
 */
public record ClassicBinding(Bytes transactionId) {
    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_RESPONSE = 0x0101;
    private static final int ID_OFFSET = 4;
    private static final int ID_BYTES = 16;
    private static final int RESPONSE_ADDRESS = 0x0002;
    private static final int CHANGE_REQUEST = 0x0003;

    /** The request, or null if the bytes are something else; any bytes end in a result. */
    public static @Nullable ClassicBinding find(ByteBuf borrowed) {
        int start = borrowed.readerIndex();
        int length = borrowed.readableBytes();
        boolean request = length >= StunHeader.LENGTH
                && borrowed.getUnsignedShort(start) == BINDING_REQUEST
                && borrowed.getUnsignedShort(start + 2) == length - StunHeader.LENGTH;
        if (!request || StunHeader.isStun(borrowed) || !isPlain(borrowed, start + StunHeader.LENGTH, start + length)) {
            return null;
        }
        return new ClassicBinding(Bytes.copyOf(borrowed, start + ID_OFFSET, ID_BYTES));
    }

    /** Every value of this STUN is a multiple of four bytes long. */
    private static boolean isPlain(ByteBuf message, int from, int end) {
        int position = from;
        while (position < end) {
            if (end - position < AttributeCodec.HEADER_BYTES) {
                return false;
            }
            int type = message.getUnsignedShort(position);
            int next = position + AttributeCodec.HEADER_BYTES + message.getUnsignedShort(position + 2);
            if (next > end || type == RESPONSE_ADDRESS) {
                return false;
            }
            if (type == CHANGE_REQUEST && (next != position + 8 || message.getInt(position + 4) != 0)) {
                return false;
            }
            position = next;
        }
        return true;
    }

    /** Appends the answer: MAPPED-ADDRESS and nothing else, so that it is hardly longer than the request. */
    public void writeAnswer(TransportAddress mapped, ByteBuf target) {
        int start = target.writerIndex();
        target.writeShort(BINDING_RESPONSE).writeShort(0).writeBytes(transactionId.toArray());
        AttributeCodec.write(new MappedAddress(mapped), target, start);
        target.setShort(start + 2, target.writerIndex() - start - StunHeader.LENGTH);
    }
}
