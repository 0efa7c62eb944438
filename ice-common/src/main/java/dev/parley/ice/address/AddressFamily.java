package dev.parley.ice.address;

/** The two address families of STUN, with their codes on the wire (RFC 8489 section 14.1). */
public enum AddressFamily {
    IPV4(0x01, 4),
    IPV6(0x02, 16);

    private final int stunCode;
    private final int addressBytes;

    AddressFamily(int stunCode, int addressBytes) {
        this.stunCode = stunCode;
        this.addressBytes = addressBytes;
    }

    /** The family byte of STUN address attributes: 1 or 2. */
    public int stunCode() {
        return stunCode;
    }

    /** Length of an address of this family in bytes: 4 or 16. */
    public int addressBytes() {
        return addressBytes;
    }

    /** Length of an address in bits: 32 or 128, the longest prefix a range of this family can have. */
    public int addressBits() {
        return addressBytes * Byte.SIZE;
    }
}
