package dev.parley.ice.stun;

import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MessageIntegritySha256Attribute;

/** The two ways to sign a message. */
public enum IntegrityAlgorithm {
    /** MESSAGE-INTEGRITY (RFC 8489 section 14.5). */
    SHA1("HmacSHA1", MessageIntegrityAttribute.TYPE, MessageIntegrityAttribute.LENGTH),
    /** MESSAGE-INTEGRITY-SHA256 (RFC 8489 section 14.6). */
    SHA256("HmacSHA256", MessageIntegritySha256Attribute.TYPE, MessageIntegritySha256Attribute.LENGTH);

    private final String macName;
    private final int attributeType;
    private final int macBytes;

    IntegrityAlgorithm(String macName, int attributeType, int macBytes) {
        this.macName = macName;
        this.attributeType = attributeType;
        this.macBytes = macBytes;
    }

    String macName() {
        return macName;
    }

    int attributeType() {
        return attributeType;
    }

    /** Length of the whole HMAC in bytes: 20 or 32. */
    public int macBytes() {
        return macBytes;
    }
}
