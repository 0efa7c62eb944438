package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.PasswordAlgorithm;
import dev.parley.ice.stun.attribute.PasswordAlgorithms;
import org.jspecify.annotations.Nullable;

/**
 * What a request and its nonce agree on (RFC 8489 section 9.2.4).
 *
 * @param algorithm of the key the request is signed with
 * @param answer the attribute that signs the answer
 */
record KeyNegotiation(KeyAlgorithm algorithm, IntegrityAlgorithm answer) {

    /**
     * Null where the attributes contradict the offer or each other: then somebody on the way may have changed them.
     *
     * @param nonce known to be ours, so that its cookie is to be believed
     * @param features what such a cookie stands for
     */
    static @Nullable KeyNegotiation of(DecodeResult.Decoded request, String nonce, SecurityFeatures features) {
        PasswordAlgorithm chosen = request.message().find(PasswordAlgorithm.class);
        PasswordAlgorithms offered = request.message().find(PasswordAlgorithms.class);
        boolean negotiated =
                SecurityFeatures.isAnnouncedBy(nonce) && !features.algorithms().isEmpty();
        if (chosen == null && offered == null) {
            return new KeyNegotiation(KeyAlgorithm.MD5, negotiated ? IntegrityAlgorithm.SHA1 : asSigned(request));
        }
        if (chosen == null || (negotiated && !offerOf(features).equals(offered))) {
            return null;
        }
        KeyAlgorithm algorithm = KeyAlgorithm.find(chosen.algorithm());
        if (algorithm == null || chosen.parameters().length() > 0) {
            return null;
        }
        if (negotiated && !features.algorithms().contains(algorithm)) {
            return null;
        }
        return new KeyNegotiation(algorithm, negotiated ? IntegrityAlgorithm.SHA256 : asSigned(request));
    }

    /** The attribute of a challenge that announces the algorithms. */
    static PasswordAlgorithms offerOf(SecurityFeatures features) {
        return new PasswordAlgorithms(features.algorithms().stream()
                .map(algorithm -> new PasswordAlgorithm(algorithm.number(), Bytes.EMPTY))
                .toList());
    }

    /** Where nothing was announced, the answer is signed as the request was; the stronger attribute decides. */
    private static IntegrityAlgorithm asSigned(DecodeResult.Decoded request) {
        return request.signed().hasSha256() ? IntegrityAlgorithm.SHA256 : IntegrityAlgorithm.SHA1;
    }
}
