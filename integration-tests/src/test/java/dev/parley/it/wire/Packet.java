package dev.parley.it.wire;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** A STUN message in the making, which obeys no rule by itself: every field can be made wrong. */
public final class Packet {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TRANSACTION_ID_BYTES = 12;

    private final int type;
    private final byte[] transactionId;
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private int cookie = Wire.COOKIE;
    private int lengthField = -1;

    private Packet(int type, byte[] transactionId) {
        this.type = type;
        this.transactionId = transactionId;
    }

    public static Packet request(int method) {
        return ofType(Wire.type(Wire.REQUEST, method));
    }

    public static Packet indication(int method) {
        return ofType(Wire.type(Wire.INDICATION, method));
    }

    /** Any 16 bits as message type. */
    public static Packet ofType(int type) {
        byte[] id = new byte[TRANSACTION_ID_BYTES];
        RANDOM.nextBytes(id);
        return new Packet(type, id);
    }

    /** The same attributes in a new transaction. */
    public Packet again() {
        Packet other = ofType(type);
        other.cookie = cookie;
        other.lengthField = lengthField;
        other.attributes.writeBytes(attributes.toByteArray());
        return other;
    }

    /** The same message, to add more to it. */
    public Packet copy() {
        var other = new Packet(type, transactionId);
        other.cookie = cookie;
        other.lengthField = lengthField;
        other.attributes.writeBytes(attributes.toByteArray());
        return other;
    }

    public byte[] transactionId() {
        return transactionId.clone();
    }

    /** Something else in place of the magic cookie. */
    public Packet cookie(int value) {
        cookie = value;
        return this;
    }

    /** Something else in place of the length of the message. */
    public Packet lengthField(int value) {
        lengthField = value;
        return this;
    }

    public Packet attribute(int attributeType, byte... value) {
        return attribute(attributeType, value.length, value, (byte) 0);
    }

    public Packet number(int attributeType, int value) {
        return attribute(
                attributeType, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public Packet text(int attributeType, String value) {
        return attribute(attributeType, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An attribute whose length may lie and whose padding may be anything. */
    public Packet attribute(int attributeType, int declaredLength, byte[] value, byte padding) {
        attributes.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) attributeType)
                .putShort((short) declaredLength)
                .array());
        attributes.writeBytes(value);
        for (int i = value.length; i % 4 != 0; i++) {
            attributes.write(padding);
        }
        return this;
    }

    /** Bytes that need be no attribute. */
    public Packet raw(byte... bytes) {
        attributes.writeBytes(bytes);
        return this;
    }

    public Packet address(int attributeType, InetSocketAddress address) {
        return attribute(attributeType, addressValue(address));
    }

    /** The value of an XOR-ed address attribute in this message. */
    public byte[] addressValue(InetSocketAddress address) {
        byte[] octets = address.getAddress().getAddress();
        int family = address.getAddress() instanceof Inet4Address ? Wire.IPV4 : Wire.IPV6;
        return addressValue(family, address.getPort(), octets);
    }

    /** As above with any family and any number of octets. */
    public byte[] addressValue(int family, int port, byte[] octets) {
        byte[] mask =
                ByteBuffer.allocate(16).putInt(Wire.COOKIE).put(transactionId).array();
        ByteBuffer value = ByteBuffer.allocate(4 + octets.length);
        value.put((byte) 0).put((byte) family).putShort((short) (port ^ (Wire.COOKIE >>> 16)));
        for (int i = 0; i < octets.length; i++) {
            value.put((byte) (octets[i] ^ mask[i % mask.length]));
        }
        return value.array();
    }

    public Packet integrity(byte[] key) {
        return attribute(Wire.MESSAGE_INTEGRITY, Keys.hmac("HmacSHA1", key, signedText(20)));
    }

    public Packet integritySha256(byte[] key) {
        return integritySha256(key, 32);
    }

    /** With the value cut to so many bytes. */
    public Packet integritySha256(byte[] key, int bytes) {
        byte[] full = Keys.hmac("HmacSHA256", key, signedText(bytes));
        return attribute(Wire.MESSAGE_INTEGRITY_SHA256, Arrays.copyOf(full, bytes));
    }

    public Packet fingerprint() {
        return number(Wire.FINGERPRINT, Keys.fingerprint(signedText(4)));
    }

    public byte[] bytes() {
        return bytes(lengthField >= 0 ? lengthField : attributes.size());
    }

    /** The message so far, with a length that counts one more attribute with a value of so many bytes. */
    private byte[] signedText(int valueBytes) {
        return bytes(attributes.size() + 4 + ((valueBytes + 3) & ~3));
    }

    private byte[] bytes(int length) {
        return ByteBuffer.allocate(Wire.HEADER_BYTES + attributes.size())
                .putShort((short) type)
                .putShort((short) length)
                .putInt(cookie)
                .put(transactionId)
                .put(attributes.toByteArray())
                .array();
    }
}
