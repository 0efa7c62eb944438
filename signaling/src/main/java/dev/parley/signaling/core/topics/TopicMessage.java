package dev.parley.signaling.core.topics;

import dev.parley.signaling.core.JsonText;
import java.util.List;

/** What a client of the topics says. */
public sealed interface TopicMessage {

    /**
     * Wants what is published under these names.
     *
     * @param speech which of the two languages this is
     */
    record Subscribe(List<String> topics, TopicSpeech speech) implements TopicMessage {
        public Subscribe {
            topics = List.copyOf(topics);
        }
    }

    /** Does not want it any more. */
    record Unsubscribe(List<String> topics) implements TopicMessage {
        public Unsubscribe {
            topics = List.copyOf(topics);
        }
    }

    /**
     * For all subscribers, the sender too if it is one.
     *
     * @param fields the fields of the message as they came, in order
     */
    record Publish(String topic, List<Field> fields) implements TopicMessage {
        public Publish {
            fields = List.copyOf(fields);
        }
    }

    /** A field of a published message, unread. */
    record Field(String name, JsonText value) {}

    /** Is the server there? */
    record Ping() implements TopicMessage {}

    /** Whatever the stock servers drop in silence, and what they die of. */
    record Meaningless() implements TopicMessage {}
}
