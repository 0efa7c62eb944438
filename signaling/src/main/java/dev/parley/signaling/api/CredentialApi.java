package dev.parley.signaling.api;

import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.RoomName;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands TURN credentials to servers and apps that have a key or a room token, in the shape they expect. Those of keys
 * reach any public address unless they are for a room; those of tokens reach their room. Any thread; never blocks.
 */
public final class CredentialApi implements HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger("parley.api");

    private final ApiKeys keys;
    private final TokenTerms tokens;
    private final Admission admission;
    private final ApiRevocations revocations;
    private final ApiCounters counters;
    private final CredentialDesk desk;

    /**
     * @param admission looks at tokens
     * @param nanoClock monotonic
     */
    public CredentialApi(
            ApiKeys keys,
            TokenTerms tokens,
            Admission admission,
            IceMint mint,
            ApiRevocations revocations,
            ApiCounters counters,
            LongSupplier nanoClock) {
        this.keys = keys;
        this.tokens = tokens;
        this.admission = admission;
        this.revocations = revocations;
        this.counters = counters;
        this.desk = new CredentialDesk(mint, revocations, counters, nanoClock);
    }

    @Override
    public boolean serves(String path) {
        return ApiRoute.find(path) != null;
    }

    @Override
    public boolean admitsOrigin(ApiRequest.PageOrigin origin) {
        return keys.admitOrigin(origin.text()) || (tokens.accepted() && origin.ofServer());
    }

    @Override
    public void answer(ApiRequest request, Consumer<ApiAnswer> consumer) {
        Consumer<ApiAnswer> finish = answer -> finish(request, answer, consumer);
        ApiRoute route = ApiRoute.find(request.path());
        ApiRequest.PageOrigin origin = request.origin();
        if (route == null) {
            finish.accept(ApiAnswer.problem(ApiProblem.NOT_FOUND));
        } else if (origin != null && origin.preflight()) {
            finish.accept(
                    admitsOrigin(origin)
                            ? CrossOrigin.preflight(route.methods())
                            : ApiAnswer.problem(ApiProblem.WRONG_ORIGIN));
        } else if (!route.allows(request.method())) {
            finish.accept(ApiAnswer.problem(ApiProblem.METHOD).with("Allow", route.methods()));
        } else {
            switch (KeyCheck.of(request, route.keyId(request.path()), keys, ApiScope.CREDENTIALS)) {
                case KeyCheck.Result.Keyed(ApiKey key) -> finish.accept(answer(request, route, key));
                case KeyCheck.Result.WithToken(BearerToken token) -> ask(request, route, token, finish);
                case KeyCheck.Result.Refused(ApiProblem problem) -> finish.accept(ApiAnswer.problem(problem));
            }
        }
    }

    private void finish(ApiRequest request, ApiAnswer answer, Consumer<ApiAnswer> consumer) {
        ApiProblem problem = answer.problem();
        if (problem != null) {
            counters.refused(problem);
        }
        ApiRequest.PageOrigin origin = request.origin();
        consumer.accept(CrossOrigin.to(origin, origin != null && admitsOrigin(origin), answer));
    }

    private ApiAnswer answer(ApiRequest request, ApiRoute route, ApiKey key) {
        return route.revokes() ? revoke(request, route, key) : desk.give(request, route.shape(), Grantee.of(key));
    }

    /** Only a key's own users, whatever the expiry in front of their names; a bare user name will do. */
    private ApiAnswer revoke(ApiRequest request, ApiRoute route, ApiKey key) {
        ApiName name = nameOf(route.username(request.path()), key);
        if (name == null || !name.keyId().equals(key.id())) {
            return ApiAnswer.problem(ApiProblem.NOT_FOUND);
        }
        if (!revocations.revoke(name.owner(), key.maxTtl())) {
            return ApiAnswer.problem(ApiProblem.TOO_MANY_REVOKED);
        }
        counters.revoked();
        LOG.info("API key {} revoked {}", key.id(), name.owner().text());
        return ApiAnswer.nothing();
    }

    private static @Nullable ApiName nameOf(String username, ApiKey key) {
        if (ApiName.USER.matcher(username).matches()) {
            return new ApiName(key.id(), username, null);
        }
        return ApiName.find(username.substring(username.indexOf(ApiName.PREFIX) < 0 ? 0 : username.indexOf(':') + 1));
    }

    private void ask(ApiRequest request, ApiRoute route, BearerToken token, Consumer<ApiAnswer> finish) {
        ApiRequest.PageOrigin origin = request.origin();
        if (!tokens.accepted()) {
            finish.accept(ApiAnswer.problem(ApiProblem.WRONG_TOKEN));
        } else if (origin != null && !origin.ofServer()) {
            finish.accept(ApiAnswer.problem(ApiProblem.WRONG_ORIGIN));
        } else if (route.revokes()) {
            finish.accept(ApiAnswer.problem(ApiProblem.WRONG_SCOPE));
        } else {
            String room = request.field("room");
            Applicant applicant = new Applicant(
                    token,
                    room == null ? null : RoomName.find(room),
                    request.remote(),
                    origin == null ? null : origin.text());
            admission.decide(applicant, decision -> finish.accept(decided(request, route, token, decision)));
        }
    }

    private ApiAnswer decided(ApiRequest request, ApiRoute route, BearerToken token, Decision decision) {
        return switch (decision) {
            case Decision.Admitted(Identity identity) ->
                desk.give(request, route.shape(), Grantee.of(identity, ApiName.tag(token.text()), tokens));
            case Decision.Denied(var reason) ->
                ApiAnswer.problem(reason.isTemporary() ? ApiProblem.BUSY : ApiProblem.WRONG_TOKEN);
        };
    }
}
