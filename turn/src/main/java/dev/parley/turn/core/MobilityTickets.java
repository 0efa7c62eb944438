package dev.parley.turn.core;

import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TicketSeal;
import dev.parley.ice.stun.attribute.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Issues the tickets of mobile clients (RFC 8016 section 3.3) and recognises them again without keeping any: a forged
 * one costs a look and leaves nothing behind.
 *
 * <pre>
 *  octets 0-15   tag
 *  octets 16-17  event loop           \
 *  octets 18-25  id of the allocation  } encrypted
 *  octets 26-29  serial number        /
 * </pre>
 *
 * <p>Not for use by several threads: each event loop has its own, all with the same secret, which must not outlive the
 * process.
 */
public final class MobilityTickets {
    private static final int TEXT_BYTES = Short.BYTES + Long.BYTES + Integer.BYTES;

    /** Bytes of a ticket. */
    static final int LENGTH = TEXT_BYTES + TicketSeal.OVERHEAD;

    private final int loop;
    private final TicketSeal seal;

    /**
     * What a genuine ticket says.
     *
     * @param loop number of the event loop that has the allocation
     * @param allocation its id there
     * @param serial which of its tickets this is
     */
    record Ticket(int loop, long allocation, int serial) {}

    /**
     * For one event loop.
     *
     * @param secret made by a SecureRandom for this process, the same for all of its loops
     * @param loop number of this one
     */
    public MobilityTickets(Secret secret, int loop) {
        this.loop = loop;
        this.seal = new TicketSeal(secret);
    }

    int loop() {
        return loop;
    }

    /** A ticket to an allocation of this loop. */
    Bytes issue(long allocation, int serial) {
        ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES);
        text.putShort((short) loop).putLong(allocation).putInt(serial);
        return Bytes.of(seal.seal(text.array()));
    }

    /** What a ticket says, or null if it is none of this process. */
    @Nullable
    Ticket open(Bytes presented) {
        byte[] text = presented.length() == LENGTH ? seal.open(presented.toArray()) : null;
        if (text == null) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(text);
        return new Ticket(Short.toUnsignedInt(fields.getShort()), fields.getLong(), fields.getInt());
    }
}
