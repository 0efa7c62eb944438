package dev.parley.signaling.transport;

import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.peerjs.PeerJsAnswer;
import dev.parley.signaling.core.peerjs.PeerJsMessage;
import dev.parley.signaling.core.peerjs.PeerJsServer;
import dev.parley.signaling.core.topics.TopicAnswer;
import dev.parley.signaling.core.topics.TopicMessage;
import dev.parley.signaling.core.topics.TopicServer;
import dev.parley.signaling.core.tracker.Tracker;
import dev.parley.signaling.core.tracker.TrackerAnswer;
import dev.parley.signaling.core.tracker.TrackerMessage;
import dev.parley.signaling.dialect.PeerJsDialect;
import dev.parley.signaling.dialect.TopicDialect;
import dev.parley.signaling.dialect.TrackerDialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All drop-in endpoints: who serves a request, and their common end. Any thread. */
final class DropIns {
    static final String TOPICS_PATH = "/topics";
    static final String TRACKER_PATH = "/tracker";

    private final HubLimits limits;
    private final HubCounters counters;
    private final FaultLog faults;
    private final @Nullable PeerJsRoutes peerjs;
    private final @Nullable DropInEndpoint<PeerJsMessage, PeerJsAnswer> peers;
    private final @Nullable DropInEndpoint<TopicMessage, TopicAnswer> topics;
    private final @Nullable DropInEndpoint<TrackerMessage, TrackerAnswer> tracker;

    DropIns(
            SignalingSettings settings,
            Admission admission,
            HubCounters counters,
            FaultLog faults,
            EventExecutor executor,
            LongSupplier nanoClock) {
        this.limits = settings.limits();
        this.counters = counters;
        this.faults = faults;
        DropInSettings wanted = settings.dropIns();
        DropInSettings.PeerJs stock = wanted.peerjs();
        this.peers = stock == null
                ? null
                : new DropInEndpoint<>(
                        limits,
                        new PeerJsServer(limits, stock.rules()),
                        new PeerJsDialect(limits),
                        counters.dropIn(DropInName.PEERJS),
                        admission,
                        counters::denied,
                        faults,
                        executor,
                        nanoClock);
        this.peerjs =
                stock == null || peers == null ? null : new PeerJsRoutes(stock, settings.origins(), peers::listed);
        this.topics = !wanted.topics()
                ? null
                : new DropInEndpoint<>(
                        limits,
                        new TopicServer(limits),
                        new TopicDialect(limits),
                        counters.dropIn(DropInName.TOPICS),
                        admission,
                        counters::denied,
                        faults,
                        executor,
                        nanoClock);
        this.tracker = !wanted.tracker()
                ? null
                : new DropInEndpoint<>(
                        limits,
                        new Tracker(limits, new SecureRandom()),
                        new TrackerDialect(limits),
                        counters.dropIn(DropInName.TRACKER),
                        admission,
                        counters::denied,
                        faults,
                        executor,
                        nanoClock);
    }

    /** Null if no drop-in endpoint is there. */
    @Nullable
    DropInRoute find(HttpRequest request, String path) {
        boolean upgrade = request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (topics != null && isAt(path, TOPICS_PATH)) {
            return upgrade
                    ? socket(request, topics, null, DropInToken.find(request.uri()))
                    // What y-webrtc's server says to everything, and what therefore is asked for its health.
                    : new DropInRoute.Answer(HttpAnswers.text(request, HttpResponseStatus.OK, "text/plain", "okay"));
        }
        if (tracker != null && isAt(path, TRACKER_PATH)) {
            return upgrade
                    ? socket(request, tracker, null, DropInToken.find(request.uri()))
                    : new DropInRoute.Problem(HttpProblem.NO_UPGRADE);
        }
        if (peerjs == null || peers == null || !peerjs.isBelow(path)) {
            return null;
        }
        if (!upgrade || !peerjs.isSocket(path)) {
            return peerjs.answer(request, path);
        }
        PeerJsMessage first = PeerJsRoutes.registration(request.uri());
        return first == null
                ? new DropInRoute.Problem(HttpProblem.MALFORMED)
                : socket(request, peers, first, DropInToken.findOfPeer(request.uri()));
    }

    private static boolean isAt(String path, String place) {
        return path.equals(place) || path.equals(place + "/");
    }

    private <M, A> DropInRoute socket(
            HttpRequest request, DropInEndpoint<M, A> endpoint, @Nullable M first, @Nullable BearerToken token) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        return new DropInRoute.Socket((channel, remote) -> {
            var applicant = new Applicant(token, null, remote, origin);
            return new WebSocketHandler(
                    channel,
                    limits,
                    counters,
                    faults,
                    (itself, writer) ->
                            new DropInConversation<>(endpoint, first, applicant, Line.dropIn(remote, itself, writer)));
        });
    }

    /** These tokens count no more, at none of them. */
    void revoke(Revocations revocations) {
        for (DropInEndpoint<?, ?> endpoint : Arrays.asList(peers, topics, tracker)) {
            if (endpoint != null) {
                endpoint.revoke(revocations);
            }
        }
    }

    /** Closes all their connections and takes no more. */
    void drain() {
        drain(peers);
        drain(topics);
        drain(tracker);
    }

    private static void drain(@Nullable DropInEndpoint<?, ?> endpoint) {
        if (endpoint != null) {
            endpoint.drain();
        }
    }
}
