package dev.parley.turn.core;

import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChangeRequest;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.ResponsePort;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the attributes of a request that must be understood and are not (RFC 8489 section 6.3.1): those the decoder
 * does not know, and those whose feature this server does not have. Features that are absent: RFC 5780 behaviour
 * discovery, RFC 7635 tokens, and in Allocate the don't-fragment bit.
 */
final class UnsupportedAttributes {
    private UnsupportedAttributes() {}

    /** Their types in order of appearance, each once. */
    static List<Integer> of(DecodeResult.Decoded decoded) {
        List<Integer> types = new ArrayList<>(decoded.unknownRequired());
        StunMessage message = decoded.message();
        for (Attribute attribute : message.attributes()) {
            if (isUnsupported(attribute, message.method()) && !types.contains(attribute.type())) {
                types.add(attribute.type());
            }
        }
        return types.size() > UnknownAttributes.MOST_TYPES ? types.subList(0, UnknownAttributes.MOST_TYPES) : types;
    }

    private static boolean isUnsupported(Attribute attribute, StunMethod method) {
        return switch (attribute) {
            case ChangeRequest ignored -> true;
            case ResponsePort ignored -> true;
            case Padding ignored -> true;
            case AccessToken ignored -> true;
            case DontFragment ignored -> method == StunMethod.ALLOCATE || method == StunMethod.SEND;
            default -> false;
        };
    }
}
