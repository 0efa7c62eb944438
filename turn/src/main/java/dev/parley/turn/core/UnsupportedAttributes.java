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
 * does not know, and those whose feature this server does not have. Features that may be absent:
 * RFC 5780 behaviour discovery, RFC 7635 tokens, and the don't-fragment bit.
 */
final class UnsupportedAttributes {
    private final boolean dontFragment;
    private final boolean discovery;
    private final boolean accessTokens;

    UnsupportedAttributes(TurnSettings settings) {
        this(settings, false);
    }

    /** @param discovery for Binding requests at an address that discovers the behaviour of NATs */
    UnsupportedAttributes(TurnSettings settings, boolean discovery) {
        this.discovery = discovery;
        accessTokens = settings.extensions().accessTokens() != null;
        dontFragment = settings.extensions().dontFragment();
    }

    /** True if there is none, found out without making an object. */
    boolean isFree(DecodeResult.Decoded decoded) {
        if (!decoded.unknownRequired().isEmpty()) {
            return false;
        }
        StunMessage message = decoded.message();
        for (Attribute attribute : message.attributes()) {
            if (isUnsupported(attribute, message.method())) {
                return false;
            }
        }
        return true;
    }

    /** Their types in order of appearance, each once. */
    List<Integer> of(DecodeResult.Decoded decoded) {
        List<Integer> types = new ArrayList<>(decoded.unknownRequired());
        StunMessage message = decoded.message();
        for (Attribute attribute : message.attributes()) {
            if (isUnsupported(attribute, message.method()) && !types.contains(attribute.type())) {
                types.add(attribute.type());
            }
        }
        return types.size() > UnknownAttributes.MOST_TYPES ? types.subList(0, UnknownAttributes.MOST_TYPES) : types;
    }

    private boolean isUnsupported(Attribute attribute, StunMethod method) {
        return switch (attribute) {
            case ChangeRequest ignored -> !discovery;
            case ResponsePort ignored -> !discovery;
            case Padding ignored -> !discovery;
            case AccessToken ignored -> !accessTokens;
            case DontFragment ignored -> !dontFragment && (method == StunMethod.ALLOCATE || method == StunMethod.SEND);
            default -> false;
        };
    }
}
