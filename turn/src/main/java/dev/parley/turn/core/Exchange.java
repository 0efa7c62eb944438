package dev.parley.turn.core;

import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunError;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.FingerprintAttribute;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and how to answer it.
 *
 * @param alternates where to send the client when there is no room
 * @param reasonPhrases whether errors are told in words too
 * @param identity who signed it, or null while nobody is proven to have: the answer is then unsigned too
 */
record Exchange(
        ClientKey client,
        StunMessage request,
        Alternates alternates,
        boolean reasonPhrases,
        @Nullable Identity identity) {

    /** The same, with the answer leaving from and going to somewhere else (RFC 5780 section 6.1). */
    Exchange answeredAt(ClientKey other) {
        return new Exchange(other, request, alternates, reasonPhrases, identity);
    }

    Exchange signedBy(Identity signer) {
        return new Exchange(client, request, alternates, reasonPhrases, signer);
    }

    /** What lifetimes in the answer may not exceed. */
    long mostSeconds() {
        return identity == null ? Long.MAX_VALUE : identity.mostSeconds();
    }

    TurnEffect.Reply success(Attribute... attributes) {
        return reply(StunClass.SUCCESS_RESPONSE, List.of(attributes), null);
    }

    List<TurnEffect> refuse(RefusalReason reason, Attribute... attributes) {
        TurnEffect refused = new TurnEffect.Refused(client, reason);
        StunError error = reason.error();
        if (error == null) {
            return List.of(refused);
        }
        if (reason.mayRedirect()) {
            List<Attribute> elsewhere = alternates.attributesFor(client, identity);
            if (!elsewhere.isEmpty()) {
                return List.of(refused, error(StunError.TRY_ALTERNATE, elsewhere, reason));
            }
        }
        return List.of(refused, error(error, List.of(attributes), reason));
    }

    private TurnEffect.Reply error(StunError error, List<Attribute> attributes, RefusalReason reason) {
        List<Attribute> all = new ArrayList<>();
        // Usually without the reason phrase, which no program reads: answers to strangers stay as small as can be.
        all.add(new ErrorCode(error.code(), reasonPhrases ? error.phrase() : ""));
        all.addAll(attributes);
        return reply(StunClass.ERROR_RESPONSE, all, reason);
    }

    List<TurnEffect> refuseUnknown(List<Integer> types) {
        return refuse(RefusalReason.UNKNOWN_ATTRIBUTE, new UnknownAttributes(types));
    }

    private TurnEffect.Reply reply(StunClass answer, List<Attribute> attributes, @Nullable RefusalReason refusal) {
        return new TurnEffect.Reply(
                client,
                new StunMessage(answer, request.method(), request.transactionId(), attributes),
                identity == null ? null : identity.key(),
                identity == null ? IntegrityAlgorithm.SHA1 : identity.integrity(),
                request.find(FingerprintAttribute.class) != null,
                refusal);
    }
}
