package dev.parley.turn.core;

import dev.parley.ice.credential.AccessTokens;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.AttributeCodec;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.ThirdPartyAuthorization;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what belongs into every 401 and 438 (RFC 8489 section 9.2.4): REALM, a fresh NONCE, and what is offered beyond
 * the oldest mechanism.
 *
 * <p>The offer makes the answer 28 bytes longer. A sender whose address is not proven gets it only where its request is
 * long enough to pay for that, so that nobody can use this server to make a flood larger.
 */
final class Challenges {
    /** An answer that carries an offer has at most this many bytes for ten of the request. */
    static final int MOST_BYTES_FOR_TEN = 26;

    /** Header, ERROR-CODE without phrase, NONCE with cookie, PASSWORD-ALGORITHMS of two, heads of both. */
    private static final int OFFER_BYTES = 20 + 8 + 4 + 32 + 4 + 8;

    /** What the phrase of a 401 adds, padded. */
    private static final int PHRASE_BYTES = 16;

    private final String realm;
    private final Users users;
    private final NonceIssuer nonces;
    private final InstantSource wallClock;
    private final @Nullable AccessTokens tokens;
    private final int answerBytes;

    Challenges(TurnSettings settings, Users users, NonceIssuer nonces, InstantSource wallClock) {
        this.realm = settings.realm();
        this.users = users;
        this.nonces = nonces;
        this.wallClock = wallClock;
        this.tokens = settings.extensions().accessTokens();
        this.answerBytes = OFFER_BYTES
                + bytesOf(realm)
                + (tokens == null ? 0 : bytesOf(tokens.serverName()))
                + (settings.extensions().reasonPhrases() ? PHRASE_BYTES : 0);
    }

    private static int bytesOf(String text) {
        return AttributeCodec.HEADER_BYTES + text.length() + AttributeCodec.paddingBytes(text.length());
    }

    /** The attributes that follow ERROR-CODE. */
    List<Attribute> answering(TurnEvent.Request request) {
        boolean offers = mayOffer(request);
        SecurityFeatures features = offers ? users.features() : SecurityFeatures.NONE;
        List<Attribute> attributes = new ArrayList<>(3);
        attributes.add(new Realm(realm));
        attributes.add(new Nonce(nonces.issue(request.client().address(), wallClock.instant(), features)));
        if (!features.algorithms().isEmpty()) {
            attributes.add(KeyNegotiation.offerOf(features));
        }
        if (tokens != null) {
            attributes.add(new ThirdPartyAuthorization(tokens.serverName()));
        }
        return attributes;
    }

    /** A client that holds a nonce goes on as it began; only a first request decides. */
    private boolean mayOffer(TurnEvent.Request request) {
        if (request.client().transport().provesAddress()) {
            return true;
        }
        @Nullable Nonce given = request.decoded().message().find(Nonce.class);
        return given != null
                ? SecurityFeatures.isAnnouncedBy(given.value())
                : 10 * answerBytes <= MOST_BYTES_FOR_TEN * request.message().readableBytes();
    }
}
