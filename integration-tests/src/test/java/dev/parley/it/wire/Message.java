package dev.parley.it.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A STUN message that was received, with whatever is wrong about its form. */
public final class Message {
    private static final int ATTRIBUTE_HEADER_BYTES = 4;

    private final byte[] bytes;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();

    /** An attribute: where it begins in the message, and its value. */
    public record Part(int type, int offset, ByteBuffer value) {
        public byte[] bytes() {
            byte[] copy = new byte[value.remaining()];
            value.duplicate().get(copy);
            return copy;
        }

        public int number() {
            return value.getInt(value.position());
        }
    }

    public Message(byte[] bytes) {
        this.bytes = bytes.clone();
        if (bytes.length < Wire.HEADER_BYTES) {
            throw new AssertionError("answered with " + bytes.length + " bytes, which are no STUN message");
        }
        readAttributes();
        MessageFlaws.find(this, flaws);
    }

    private void readAttributes() {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        int offset = Wire.HEADER_BYTES;
        while (offset + ATTRIBUTE_HEADER_BYTES <= bytes.length) {
            int length = Short.toUnsignedInt(all.getShort(offset + 2));
            int start = offset + ATTRIBUTE_HEADER_BYTES;
            if (start + length > bytes.length) {
                flaws.add("an attribute ends after the message");
                return;
            }
            ByteBuffer value = all.slice(start, length);
            parts.add(new Part(Short.toUnsignedInt(all.getShort(offset)), offset, value));
            int next = start + ((length + 3) & ~3);
            for (int i = start + length; i < Math.min(next, bytes.length); i++) {
                if (bytes[i] != 0) {
                    flaws.add("the padding is not zero");
                }
            }
            offset = next;
        }
        if (offset != bytes.length) {
            flaws.add("the last attribute is not padded");
        }
    }

    /** What breaks a rule about the form of messages, in words; empty for a message in order. */
    public List<String> flaws() {
        return List.copyOf(flaws);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int type() {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    }

    public int method() {
        return Wire.method(type());
    }

    public int messageClass() {
        return Wire.messageClass(type());
    }

    public int lengthField() {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
    }

    public int cookie() {
        return ByteBuffer.wrap(bytes).getInt(4);
    }

    public byte[] transactionId() {
        return Arrays.copyOfRange(bytes, 8, Wire.HEADER_BYTES);
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    public @Nullable Part find(int type) {
        return parts.stream().filter(part -> part.type() == type).findFirst().orElse(null);
    }

    public boolean has(int type) {
        return find(type) != null;
    }

    public Part require(int type) {
        Part part = find(type);
        if (part == null) {
            throw new AssertionError(String.format("%s without attribute 0x%04X", this, type));
        }
        return part;
    }

    public String text(int type) {
        return new String(require(type).bytes(), StandardCharsets.UTF_8);
    }

    public int number(int type) {
        return require(type).number();
    }

    public InetSocketAddress address(int type) {
        return addresses(type).getFirst();
    }

    public List<InetSocketAddress> addresses(int type) {
        require(type);
        return parts.stream()
                .filter(part -> part.type() == type)
                .map(this::address)
                .toList();
    }

    private InetSocketAddress address(Part part) {
        byte[] octets = part.bytes();
        int port = ((octets[2] & 0xFF) << 8) | (octets[3] & 0xFF);
        byte[] address = Arrays.copyOfRange(octets, 4, octets.length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= bytes[4 + i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port ^ (Wire.COOKIE >>> 16));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of " + address.length + " bytes", e);
        }
    }

    /** 0 for anything but an error response. */
    public int code() {
        Part error = find(Wire.ERROR_CODE);
        return error == null || messageClass() != Wire.ERROR
                ? 0
                : (error.bytes()[2] & 7) * 100 + (error.bytes()[3] & 0xFF);
    }

    public boolean isSuccess() {
        return messageClass() == Wire.SUCCESS;
    }

    /** Fails the test unless this is an error response with one of these codes. */
    public Message expect(int... codes) {
        if (Arrays.stream(codes).noneMatch(code -> code == code())) {
            throw new AssertionError("answered " + this + " instead of "
                    + String.join(
                            " or ",
                            Arrays.stream(codes).mapToObj(Integer::toString).toList()));
        }
        return this;
    }

    /** Fails the test unless this is a success response. */
    public Message expectSuccess() {
        if (!isSuccess()) {
            throw new AssertionError("answered " + this + " instead of success");
        }
        return this;
    }

    public boolean isSignedBy(byte[] key) {
        return checksIn(Wire.MESSAGE_INTEGRITY, "HmacSHA1", key);
    }

    public boolean isSignedWithSha256By(byte[] key) {
        return checksIn(Wire.MESSAGE_INTEGRITY_SHA256, "HmacSHA256", key);
    }

    private boolean checksIn(int type, String algorithm, byte[] key) {
        Part part = find(type);
        return part != null
                && Arrays.equals(
                        part.bytes(),
                        Keys.hmac(algorithm, key, textUpTo(part, part.value().remaining())));
    }

    /** The message before an attribute, with the length that ends after this attribute. */
    byte[] textUpTo(Part part, int valueBytes) {
        byte[] text = Arrays.copyOf(bytes, part.offset());
        int length = part.offset() - Wire.HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + valueBytes;
        ByteBuffer.wrap(text).putShort(2, (short) length);
        return text;
    }

    @Override
    public String toString() {
        return switch (messageClass()) {
            case Wire.ERROR -> Integer.toString(code());
            case Wire.SUCCESS -> "success";
            case Wire.INDICATION -> "an indication";
            default -> "a request";
        };
    }
}
