package dev.parley.ice.stun;

import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message (RFC 8489 section 5) as a value.
 *
 * @param attributes in their order on the wire
 */
public record StunMessage(
        StunClass messageClass, StunMethod method, TransactionId transactionId, List<Attribute> attributes) {

    public StunMessage {
        attributes = List.copyOf(attributes);
    }

    public static StunMessage request(StunMethod method, TransactionId transactionId, Attribute... attributes) {
        return new StunMessage(StunClass.REQUEST, method, transactionId, List.of(attributes));
    }

    public static StunMessage indication(StunMethod method, TransactionId transactionId, Attribute... attributes) {
        return new StunMessage(StunClass.INDICATION, method, transactionId, List.of(attributes));
    }

    /** The success response to a request. */
    public static StunMessage success(StunMessage request, Attribute... attributes) {
        return new StunMessage(StunClass.SUCCESS_RESPONSE, request.method, request.transactionId, List.of(attributes));
    }

    /** The error response to a request: exactly one ERROR-CODE, then what else the error asks for. */
    public static StunMessage error(StunMessage request, StunError error, Attribute... attributes) {
        List<Attribute> all = new ArrayList<>(1 + attributes.length);
        all.add(new ErrorCode(error.code(), error.phrase()));
        all.addAll(List.of(attributes));
        return new StunMessage(StunClass.ERROR_RESPONSE, request.method, request.transactionId, all);
    }

    /** The first attribute of a type, which is the one that counts (RFC 8489 section 14), or null. */
    public <A extends Attribute> @Nullable A find(Class<A> type) {
        for (Attribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                return type.cast(attribute);
            }
        }
        return null;
    }

    public boolean has(Class<? extends Attribute> type) {
        return find(type) != null;
    }

    /** All attributes of a type, for the few that may be repeated, such as XOR-PEER-ADDRESS. */
    public <A extends Attribute> List<A> all(Class<A> type) {
        List<A> found = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                found.add(type.cast(attribute));
            }
        }
        return found;
    }
}
