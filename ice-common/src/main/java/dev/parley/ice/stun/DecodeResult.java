package dev.parley.ice.stun;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a datagram turned out to be. */
public sealed interface DecodeResult {

    /**
     * A well-formed message.
     *
     * @param message with the attributes that count: behind the first integrity attribute only MESSAGE-INTEGRITY-SHA256
     *     and FINGERPRINT do (RFC 8489 sections 14.5 and 14.6)
     * @param unknownRequired types of comprehension-required attributes nobody here knows, each once, in order, at most
     *     32; a request with any is answered with 420, anything else is dropped
     * @param signed what {@link MessageIntegrity} needs besides the bytes
     */
    record Decoded(StunMessage message, List<Integer> unknownRequired, SignedLengths signed) implements DecodeResult {
        public Decoded {
            unknownRequired = List.copyOf(unknownRequired);
        }
    }

    /**
     * STUN by its cookie, but broken.
     *
     * @param header the request without its attributes, to be answered with 400; null if the message is to be dropped
     */
    record Malformed(MalformedReason reason, @Nullable StunMessage header) implements DecodeResult {}

    /** Too short, the first two bits set, or without the magic cookie. */
    record NotStun() implements DecodeResult {}
}
