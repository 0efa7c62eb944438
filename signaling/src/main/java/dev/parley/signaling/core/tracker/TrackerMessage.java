package dev.parley.signaling.core.tracker;

import dev.parley.signaling.core.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client of the tracker says. */
public sealed interface TrackerMessage {

    /**
     * It is in a swarm, or not any more, and offers connections to others there.
     *
     * @param seeder whether it has everything
     */
    record Announce(BinaryId swarm, BinaryId peer, AnnounceEvent event, boolean seeder, List<Offer> offers)
            implements TrackerMessage {
        public Announce {
            offers = List.copyOf(offers);
        }
    }

    /** An offer to nobody in particular; both values unread. */
    record Offer(JsonText offer, JsonText offerId) {}

    /** Takes up an offer of another peer; it announces, too. */
    record Answer(
            Announce announce,
            BinaryId to,
            JsonText answer,
            @Nullable JsonText offerId) implements TrackerMessage {}

    /** How large are these swarms? */
    record Scrape(List<BinaryId> swarms) implements TrackerMessage {
        public Scrape {
            swarms = List.copyOf(swarms);
        }
    }

    /** No message of the protocol. */
    record Bad(TrackerFailure failure) implements TrackerMessage {}
}
