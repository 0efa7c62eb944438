package dev.parley.signaling.api;

import dev.parley.signaling.core.RoomName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives credentials to those who may have some, on their terms. Any thread. */
final class CredentialDesk {
    private static final int RANDOM_USER_BYTES = 8;
    /** Keys and users of tokens whose rates are remembered. */
    private static final int MOST_RATES = 100_000;

    private final IceMint mint;
    private final ApiRevocations revocations;
    private final ApiCounters counters;
    private final KeyRates rates;
    private final SecureRandom random = new SecureRandom();

    CredentialDesk(IceMint mint, ApiRevocations revocations, ApiCounters counters, LongSupplier nanoClock) {
        this.mint = mint;
        this.revocations = revocations;
        this.counters = counters;
        this.rates = new KeyRates(MOST_RATES, nanoClock);
    }

    /** @param usual the shape unless another is asked for */
    ApiAnswer give(ApiRequest request, CredentialShape usual, Grantee grantee) {
        return switch (CredentialOrder.read(request, usual)) {
            case CredentialOrder.Result.Read(CredentialOrder order) -> give(order, grantee);
            case CredentialOrder.Result.Refused(ApiProblem problem) -> ApiAnswer.problem(problem);
        };
    }

    private ApiAnswer give(CredentialOrder order, Grantee grantee) {
        Duration ttl = order.ttl() == null ? grantee.ttl() : order.ttl();
        RoomName room = order.room() == null ? grantee.onlyRoom() : order.room();
        ApiName name = new ApiName(grantee.keyId(), user(order, grantee), room == null ? null : ApiName.tagOf(room));
        ApiProblem problem = findProblem(grantee, ttl, room, name);
        if (problem != null) {
            return ApiAnswer.problem(problem);
        }
        return switch (rates.take(grantee.rateName(), grantee.perMinute(), grantee.perDay())) {
            case KeyRates.Result.Over(ApiProblem over, long seconds) ->
                ApiAnswer.problem(over).with("Retry-After", Long.toString(seconds));
            case KeyRates.Result.Taken taken -> mint(order.shape(), name, ttl);
        };
    }

    /** Why this grantee cannot have such a credential; null if it can. */
    private @Nullable ApiProblem findProblem(Grantee grantee, Duration ttl, @Nullable RoomName room, ApiName name) {
        if (ttl.compareTo(grantee.maxTtl()) > 0) {
            return ApiProblem.TTL_TOO_LONG;
        }
        if (room == null && grantee.roomBound()) {
            return ApiProblem.BAD_ROOM;
        }
        if (room != null && !grantee.mayJoin(room)) {
            return ApiProblem.WRONG_ROOM;
        }
        return revocations.isRevoked(name) ? ApiProblem.REVOKED : null;
    }

    private ApiAnswer mint(CredentialShape shape, ApiName name, Duration ttl) {
        IceCredential credential = mint.mint(name, ttl);
        counters.minted(shape, name.keyId());
        return ApiAnswer.of(shape.status(), shape.body(credential, name.keyId()))
                .with("Link", LinkHeaders.of(credential));
    }

    /** Whom its own token names, whom it asks for, or somebody new. */
    private String user(CredentialOrder order, Grantee grantee) {
        if (grantee.user() != null) {
            return grantee.user();
        }
        return order.user() == null ? randomUser() : order.user();
    }

    private String randomUser() {
        byte[] bits = new byte[RANDOM_USER_BYTES];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
