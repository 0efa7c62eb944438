package dev.parley.signaling.core.topics;

import dev.parley.signaling.core.JsonText;
import java.util.List;

/** What a client of the topics is told. */
public sealed interface TopicAnswer {

    /** What was published, as it came, with the number of subscribers. */
    record Published(List<TopicMessage.Field> fields, int clients) implements TopicAnswer {
        public Published {
            fields = List.copyOf(fields);
        }
    }

    /** What was published, in the form that Trystero expects. */
    record Payload(String topic, JsonText payload) implements TopicAnswer {}

    /** Answer to Ping. */
    record Pong() implements TopicAnswer {}
}
