package dev.parley.signaling.core.tracker;

import dev.parley.signaling.core.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client of the tracker is told. */
public sealed interface TrackerAnswer {

    /** Answer to an announce. */
    record Announced(BinaryId swarm, int complete, int incomplete, int intervalSeconds) implements TrackerAnswer {}

    /** Another peer's offer. */
    record Offered(BinaryId swarm, BinaryId from, TrackerMessage.Offer offer) implements TrackerAnswer {}

    /** Another peer's answer to an offer. */
    record Answered(
            BinaryId swarm,
            BinaryId from,
            JsonText answer,
            @Nullable JsonText offerId) implements TrackerAnswer {}

    /** Answer to a scrape, in the order asked. */
    record Scraped(List<Size> sizes, int minIntervalSeconds) implements TrackerAnswer {
        public Scraped {
            sizes = List.copyOf(sizes);
        }
    }

    /** How many peers of a swarm have everything, and how many do not. */
    record Size(BinaryId swarm, int complete, int incomplete) {}

    /** A message was not understood; nothing changed. */
    record Failed(TrackerFailure failure) implements TrackerAnswer {}

    /** An announce was refused; nothing changed. */
    record AnnounceFailed(BinaryId swarm, TrackerFailure failure) implements TrackerAnswer {}
}
