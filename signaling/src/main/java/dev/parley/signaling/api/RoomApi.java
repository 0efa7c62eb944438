package dev.parley.signaling.api;

import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.RoomOrder;
import dev.parley.signaling.core.SessionId;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets servers with a key of scope {@link ApiScope#ROOMS} make rooms ahead, see who is in one, send members out and end
 * rooms. The hub does it all in its own time; this only asks. Any thread; never blocks.
 */
public final class RoomApi implements HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger("parley.api");
    /** Keys whose rates are remembered. */
    private static final int MOST_RATES = 10_000;

    private final ApiKeys keys;
    private final RoomService rooms;
    private final ApiCounters counters;
    private final KeyRates rates;

    /** @param nanoClock monotonic */
    public RoomApi(ApiKeys keys, RoomService rooms, ApiCounters counters, LongSupplier nanoClock) {
        this.keys = keys;
        this.rooms = rooms;
        this.counters = counters;
        this.rates = new KeyRates(MOST_RATES, nanoClock);
    }

    @Override
    public boolean serves(String path) {
        return RoomRoute.find(path) != null;
    }

    @Override
    public boolean admitsOrigin(ApiRequest.PageOrigin origin) {
        return keys.admitOrigin(origin.text());
    }

    @Override
    public void answer(ApiRequest request, Consumer<ApiAnswer> consumer) {
        Consumer<ApiAnswer> finish = answer -> finish(request, answer, consumer);
        RoomRoute.Target target = RoomRoute.find(request.path());
        ApiRequest.PageOrigin origin = request.origin();
        if (target == null) {
            finish.accept(ApiAnswer.problem(ApiProblem.NOT_FOUND));
        } else if (origin != null && origin.preflight()) {
            finish.accept(
                    admitsOrigin(origin)
                            ? CrossOrigin.preflight(target.route().methods())
                            : ApiAnswer.problem(ApiProblem.WRONG_ORIGIN));
        } else if (!target.route().allows(request.method())) {
            finish.accept(ApiAnswer.problem(ApiProblem.METHOD)
                    .with("Allow", target.route().methods()));
        } else {
            switch (KeyCheck.of(request, null, keys, ApiScope.ROOMS)) {
                case KeyCheck.Result.Keyed(ApiKey key) -> order(request, target, key, finish);
                case KeyCheck.Result.WithToken _ -> finish.accept(ApiAnswer.problem(ApiProblem.WRONG_SCOPE));
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

    private void order(ApiRequest request, RoomRoute.Target target, ApiKey key, Consumer<ApiAnswer> finish) {
        switch (rates.take(key.id(), key.perMinute(), key.perDay())) {
            case KeyRates.Result.Over(ApiProblem over, long seconds) ->
                finish.accept(ApiAnswer.problem(over).with("Retry-After", Long.toString(seconds)));
            case KeyRates.Result.Taken taken -> {
                RoomName room = RoomName.find(target.room());
                RoomOrder order = room == null ? null : orderOf(request, target, room);
                if (order == null) {
                    finish.accept(ApiAnswer.problem(room == null ? ApiProblem.BAD_ROOM_NAME : ApiProblem.BAD_SETTINGS));
                } else {
                    rooms.order(order, answer -> finish.accept(told(order, answer, key)));
                }
            }
        }
    }

    /** Null if the settings cannot be read. */
    private static @Nullable RoomOrder orderOf(ApiRequest request, RoomRoute.Target target, RoomName room) {
        return switch (target.route()) {
            case MEMBERS -> new RoomOrder.See(room);
            case MEMBER -> new RoomOrder.Dismiss(room, new SessionId(target.member()));
            case ROOM ->
                switch (request.method()) {
                    case "PUT" -> RoomSettings.find(room, request.body());
                    case "DELETE" -> new RoomOrder.End(room);
                    default -> new RoomOrder.See(room);
                };
        };
    }

    private ApiAnswer told(RoomOrder order, RoomAnswer answer, ApiKey key) {
        boolean changed = !(order instanceof RoomOrder.See);
        if (changed && !(answer instanceof RoomAnswer.Refused)) {
            counters.ordered();
            LOG.info("API key {}: {} of a room", key.id(), order.getClass().getSimpleName());
        }
        return switch (answer) {
            case RoomAnswer.Seen seen -> ApiAnswer.of(seen.made() ? 201 : 200, RoomJson.of(seen));
            case RoomAnswer.Done _ -> ApiAnswer.nothing();
            case RoomAnswer.Refused(RoomAnswer.Reason reason) -> ApiAnswer.problem(problemOf(reason));
        };
    }

    private static ApiProblem problemOf(RoomAnswer.Reason reason) {
        return switch (reason) {
            case NO_SUCH_ROOM -> ApiProblem.NO_SUCH_ROOM;
            case NO_SUCH_MEMBER -> ApiProblem.NO_SUCH_MEMBER;
            case NAME_TOO_LONG -> ApiProblem.BAD_ROOM_NAME;
            case METADATA_TOO_LARGE -> ApiProblem.METADATA_TOO_LARGE;
            case KEPT_TOO_LONG -> ApiProblem.KEPT_TOO_LONG;
            case TOO_MANY_KEPT, ROOMS_EXHAUSTED -> ApiProblem.TOO_MANY_ROOMS;
            case FAULT -> ApiProblem.FAULT;
        };
    }
}
