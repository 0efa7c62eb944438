package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PASSWORD-ALGORITHMS: what the server offers, best first (RFC 8489 section 14.11).
 *
 * @param algorithms at most {@link #MOST_ALGORITHMS}
 */
public record PasswordAlgorithms(List<PasswordAlgorithm> algorithms) implements Attribute {
    public static final int TYPE = 0x8002;

    /** Two exist; the rest is room for the future. */
    public static final int MOST_ALGORITHMS = 16;

    public PasswordAlgorithms {
        algorithms = List.copyOf(algorithms);
        NumberRange.require(algorithms.size(), 0, MOST_ALGORITHMS);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable PasswordAlgorithms read(ByteBuf message, int offset, int length) {
        List<PasswordAlgorithm> algorithms = new ArrayList<>(2);
        int position = 0;
        while (position < length) {
            PasswordAlgorithm next = PasswordAlgorithm.readEntry(message, offset + position, length - position);
            if (next == null || algorithms.size() == MOST_ALGORITHMS) {
                return null;
            }
            algorithms.add(next);
            position += next.entryBytes();
        }
        return new PasswordAlgorithms(algorithms);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        for (PasswordAlgorithm algorithm : algorithms) {
            algorithm.writeValue(target, messageStart);
        }
    }
}
