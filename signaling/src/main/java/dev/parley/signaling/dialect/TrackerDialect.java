package dev.parley.signaling.dialect;

import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.tracker.AnnounceEvent;
import dev.parley.signaling.core.tracker.BinaryId;
import dev.parley.signaling.core.tracker.TrackerAnswer;
import dev.parley.signaling.core.tracker.TrackerFailure;
import dev.parley.signaling.core.tracker.TrackerMessage;
import dev.parley.signaling.json.JsonWriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The messages of the WebTorrent tracker. */
public final class TrackerDialect implements DropInDialect<TrackerMessage, TrackerAnswer> {
    /** What JavaScript takes for the number zero. */
    private static final Set<String> ZEROS = Set.of("0", "null", "\"\"", "\"0\"", "false");

    private static final String ACTION = "action";
    private static final String ANNOUNCE = "announce";
    private static final String HASH = "info_hash";

    private final StrictJson json;

    public TrackerDialect(HubLimits limits) {
        this.json = StrictJson.ofDropIn(limits);
    }

    @Override
    public TrackerMessage decode(String text) {
        return switch (json.read(text)) {
            case StrictJson.Result.Unreadable(var detail) -> new TrackerMessage.Bad(TrackerFailure.NOT_JSON);
            case StrictJson.Result.Fields(var fieldByName) -> decode(new LooseFields(fieldByName));
        };
    }

    private TrackerMessage decode(LooseFields fields) {
        return switch (Objects.requireNonNullElse(fields.string("action"), "")) {
            case "announce" -> announce(fields);
            case "scrape" -> scrape(fields);
            default -> new TrackerMessage.Bad(TrackerFailure.INVALID_ACTION);
        };
    }

    private TrackerMessage announce(LooseFields fields) {
        BinaryId swarm = BinaryId.find(fields.string("info_hash"));
        if (swarm == null) {
            return new TrackerMessage.Bad(TrackerFailure.INVALID_INFO_HASH);
        }
        BinaryId peer = BinaryId.find(fields.string("peer_id"));
        if (peer == null) {
            return new TrackerMessage.Bad(TrackerFailure.INVALID_PEER_ID);
        }
        JsonText answer = fields.object("answer");
        JsonField left = fields.find("left");
        boolean seeder = left != null && ZEROS.contains(left.text());
        AnnounceEvent event = AnnounceEvent.of(fields.string("event"));
        // An answer with offers beside it is nothing any client sends.
        List<TrackerMessage.Offer> offers = answer == null ? offers(fields.array("offers")) : List.of();
        var announce = new TrackerMessage.Announce(swarm, peer, event, seeder, offers);
        return answer == null ? announce : answer(announce, answer, fields);
    }

    private static TrackerMessage answer(TrackerMessage.Announce announce, JsonText answer, LooseFields fields) {
        BinaryId to = BinaryId.find(fields.string("to_peer_id"));
        return to == null
                ? new TrackerMessage.Bad(TrackerFailure.INVALID_TO_PEER_ID)
                : new TrackerMessage.Answer(announce, to, answer, fields.value("offer_id"));
    }

    private List<TrackerMessage.Offer> offers(@Nullable String array) {
        List<TrackerMessage.Offer> offers = new ArrayList<>();
        for (JsonField item : array == null ? List.<JsonField>of() : json.items(array)) {
            if (json.read(item.text()) instanceof StrictJson.Result.Fields(var fieldByName)) {
                LooseFields fields = new LooseFields(fieldByName);
                JsonText offer = fields.object("offer");
                JsonText offerId = fields.value("offer_id");
                if (offer != null && offerId != null) {
                    offers.add(new TrackerMessage.Offer(offer, offerId));
                }
            }
        }
        return offers;
    }

    /** Without hashes the stock tracker tells of all swarms; here nobody learns of those it does not name. */
    private TrackerMessage scrape(LooseFields fields) {
        String list = fields.array("info_hash");
        List<BinaryId> swarms = new ArrayList<>();
        if (list != null) {
            for (JsonField item : json.items(list)) {
                BinaryId swarm = BinaryId.find(item.string());
                if (swarm == null) {
                    return new TrackerMessage.Bad(TrackerFailure.INVALID_INFO_HASH);
                }
                swarms.add(swarm);
            }
        } else if (fields.string("info_hash") != null) {
            BinaryId swarm = BinaryId.find(fields.string("info_hash"));
            if (swarm == null) {
                return new TrackerMessage.Bad(TrackerFailure.INVALID_INFO_HASH);
            }
            swarms.add(swarm);
        }
        return new TrackerMessage.Scrape(swarms);
    }

    @Override
    public String encode(TrackerAnswer answer) {
        return JsonWriting.object(frame -> {
            switch (answer) {
                case TrackerAnswer.Announced(var swarm, var complete, var incomplete, var interval) -> {
                    frame.writeNumberProperty("complete", complete);
                    frame.writeNumberProperty("incomplete", incomplete);
                    frame.writeStringProperty(ACTION, ANNOUNCE);
                    frame.writeNumberProperty("interval", interval);
                    frame.writeStringProperty(HASH, swarm.value());
                }
                case TrackerAnswer.Offered(var swarm, var from, var offer) -> {
                    frame.writeStringProperty(ACTION, ANNOUNCE);
                    JsonWriting.raw(frame, "offer", offer.offer());
                    from(frame, offer.offerId(), from, swarm);
                }
                case TrackerAnswer.Answered(var swarm, var from, var text, var offerId) -> {
                    frame.writeStringProperty(ACTION, ANNOUNCE);
                    JsonWriting.raw(frame, "answer", text);
                    from(frame, offerId, from, swarm);
                }
                case TrackerAnswer.Scraped(var sizes, var minInterval) -> scraped(frame, sizes, minInterval);
                case TrackerAnswer.Failed(var failure) -> frame.writeStringProperty("failure reason", failure.text());
                case TrackerAnswer.AnnounceFailed(var swarm, var failure) -> {
                    frame.writeStringProperty(ACTION, ANNOUNCE);
                    frame.writeStringProperty("failure reason", failure.text());
                    frame.writeStringProperty(HASH, swarm.value());
                }
            }
        });
    }

    private static void from(JsonGenerator frame, @Nullable JsonText offerId, BinaryId from, BinaryId swarm) {
        JsonWriting.raw(frame, "offer_id", offerId);
        frame.writeStringProperty("peer_id", from.value());
        frame.writeStringProperty(HASH, swarm.value());
    }

    private static void scraped(JsonGenerator frame, List<TrackerAnswer.Size> sizes, int minInterval) {
        frame.writeStringProperty(ACTION, "scrape");
        frame.writeObjectPropertyStart("files");
        for (TrackerAnswer.Size size : sizes) {
            frame.writeObjectPropertyStart(size.swarm().value());
            frame.writeNumberProperty("complete", size.complete());
            frame.writeNumberProperty("incomplete", size.incomplete());
            frame.writeNumberProperty("downloaded", size.complete());
            frame.writeEndObject();
        }
        frame.writeEndObject();
        frame.writeObjectPropertyStart("flags");
        frame.writeNumberProperty("min_request_interval", minInterval);
        frame.writeEndObject();
    }
}
