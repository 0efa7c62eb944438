package dev.parley.turn.core;

import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TicketSeal;
import dev.parley.ice.stun.attribute.Bytes;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Issues the tickets of mobile clients (RFC 8016 section 3.3) and recognises them again without keeping any: a forged
 * one costs a look and leaves nothing behind. In letters, and no more than 32: clients exist that keep a ticket as a C
 * string, without its zeros, and no longer one (turnutils_uclient).
 *
 * <pre>
 *  octets 0-11   tag
 *  octets 12-13  event loop           \
 *  octets 14-19  id of the allocation  } encrypted
 *  octets 20-23  serial number        /
 * </pre>
 *
 * <p>Not for use by several threads: each event loop has its own, all with the same secret, which must not outlive the
 * process.
 */
public final class MobilityTickets {
    /** Letters of a ticket: base64url of 24 octets. */
    static final int LENGTH = 32;

    private static final int TEXT_BYTES = 12;

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
        text.putShort((short) loop)
                .putShort((short) (allocation >>> Integer.SIZE))
                .putInt((int) allocation)
                .putInt(serial);
        return Bytes.of(Base64.getUrlEncoder().encode(seal.seal(text.array())));
    }

    /** What a ticket says, or null if it is none of this process. */
    @Nullable
    Ticket open(Bytes presented) {
        byte[] letters = presented.toArray();
        byte[] text = isOfLetters(letters) ? seal.open(Base64.getUrlDecoder().decode(letters)) : null;
        if (text == null) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(text);
        int homeLoop = Short.toUnsignedInt(fields.getShort());
        long allocation =
                (long) Short.toUnsignedInt(fields.getShort()) << Integer.SIZE | Integer.toUnsignedLong(fields.getInt());
        return new Ticket(homeLoop, allocation, fields.getInt());
    }

    private static boolean isOfLetters(byte[] presented) {
        if (presented.length != LENGTH) {
            return false;
        }
        for (byte letter : presented) {
            boolean known = (letter >= '0' && letter <= '9')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= 'a' && letter <= 'z')
                    || letter == '-'
                    || letter == '_';
            if (!known) {
                return false;
            }
        }
        return true;
    }
}
