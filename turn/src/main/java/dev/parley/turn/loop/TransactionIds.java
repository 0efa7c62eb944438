package dev.parley.turn.loop;

import dev.parley.ice.stun.TransactionId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random transaction ids for Data indications, drawn from the generator in larger portions. One per event loop. */
public final class TransactionIds {
    private static final int ID_BYTES = 12;
    private static final int IDS_AT_ONCE = 256;

    private final SecureRandom random;
    private final byte[] drawn = new byte[ID_BYTES * IDS_AT_ONCE];
    private final ByteBuffer unused = ByteBuffer.wrap(drawn);

    public TransactionIds(SecureRandom random) {
        this.random = random;
        unused.position(unused.limit());
    }

    public TransactionId next() {
        if (!unused.hasRemaining()) {
            random.nextBytes(drawn);
            unused.rewind();
        }
        return new TransactionId(unused.getInt(), unused.getLong());
    }
}
