package dev.parley.ice.stun;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The 96 bits that pair a response with its request (RFC 8489 section 5).
 *
 * @param high the first 32 bits
 * @param low the other 64 bits
 */
public record TransactionId(int high, long low) {

    /** An unpredictable id: it is all that keeps an off-path attacker from answering in the server's name. */
    public static TransactionId random(SecureRandom random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
