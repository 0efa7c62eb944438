package dev.parley.ice.stun;

/**
 * Where the integrity attributes of a decoded message stand, which is also how many of its bytes each of them signs.
 *
 * @param sha1Offset of the MESSAGE-INTEGRITY header from the start of the message, in bytes; -1 if there is none
 * @param sha256Offset the same of MESSAGE-INTEGRITY-SHA256
 */
public record SignedLengths(int sha1Offset, int sha256Offset) {
    public static final SignedLengths UNSIGNED = new SignedLengths(-1, -1);

    public boolean hasSha1() {
        return sha1Offset >= 0;
    }

    public boolean hasSha256() {
        return sha256Offset >= 0;
    }

    public boolean isSigned() {
        return hasSha1() || hasSha256();
    }
}
