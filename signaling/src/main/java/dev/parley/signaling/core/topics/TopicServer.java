package dev.parley.signaling.core.topics;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.dropin.DropInEffect;
import dev.parley.signaling.core.dropin.DropInLine;
import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.core.dropin.DropInService;
import dev.parley.signaling.core.dropin.LineId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the y-webrtc and Trystero signaling servers do: whatever is published under a name goes to everybody subscribed
 * to it, the publisher included. Nobody has an identity, and nothing is kept.
 */
public final class TopicServer implements DropInService<TopicMessage, TopicAnswer> {
    private final HubLimits limits;
    private final Map<String, Set<LineId>> subscribersByTopic = new LinkedHashMap<>();
    private final Map<LineId, Subscriber> subscriberByLine = new LinkedHashMap<>();

    /** The topics of one connection, and the language it subscribed in. */
    private static final class Subscriber {
        private final Set<String> topics = new LinkedHashSet<>(2);
        private TopicSpeech speech = TopicSpeech.Y_WEBRTC;
    }

    public TopicServer(HubLimits limits) {
        this.limits = limits;
    }

    @Override
    public @Nullable DropInRefusal received(
            DropInLine line, TopicMessage message, long nowNanos, List<DropInEffect<TopicAnswer>> effects) {
        return switch (message) {
            case TopicMessage.Subscribe(var topics, var speech) -> subscribe(line, topics, speech);
            case TopicMessage.Unsubscribe(var topics) -> unsubscribe(line, topics);
            case TopicMessage.Publish publish -> publish(line, publish, nowNanos, effects);
            case TopicMessage.Ping() -> {
                effects.add(new DropInEffect.Send<>(List.of(line.id()), new TopicAnswer.Pong()));
                yield null;
            }
            case TopicMessage.Meaningless() -> DropInRefusal.BAD_MESSAGE;
        };
    }

    @Override
    public boolean usesPings() {
        return true;
    }

    /** Those that fit are subscribed to; the first that does not is the refusal. */
    private @Nullable DropInRefusal subscribe(DropInLine line, List<String> topics, TopicSpeech speech) {
        DropInRefusal first = null;
        for (String topic : topics) {
            DropInRefusal refusal = subscribe(line, topic, speech);
            first = first == null ? refusal : first;
        }
        return first;
    }

    private @Nullable DropInRefusal subscribe(DropInLine line, String topic, TopicSpeech speech) {
        if (topic.length() > limits.of(HubLimit.TOPIC_LENGTH)) {
            return DropInRefusal.TOPIC_TOO_LONG;
        }
        if (!line.mayUse(topic)) {
            return DropInRefusal.NOT_GRANTED;
        }
        Subscriber known = subscriberByLine.get(line.id());
        if (known != null && known.topics.contains(topic)) {
            return null;
        }
        if (known != null && known.topics.size() >= limits.of(HubLimit.TOPICS_PER_CONNECTION)) {
            return DropInRefusal.TOO_MANY_TOPICS_OF_CONNECTION;
        }
        Set<LineId> subscribers = subscribersByTopic.get(topic);
        if (subscribers == null && subscribersByTopic.size() >= limits.of(HubLimit.TOPICS)) {
            return DropInRefusal.TOO_MANY_TOPICS;
        }
        if (subscribers != null && subscribers.size() >= limits.of(HubLimit.TOPIC_SUBSCRIBERS)) {
            return DropInRefusal.TOPIC_FULL;
        }
        subscribersByTopic
                .computeIfAbsent(topic, name -> new LinkedHashSet<>(4))
                .add(line.id());
        Subscriber subscriber = subscriberByLine.computeIfAbsent(line.id(), id -> new Subscriber());
        subscriber.topics.add(topic);
        subscriber.speech = speech;
        return null;
    }

    private @Nullable DropInRefusal unsubscribe(DropInLine line, List<String> topics) {
        Subscriber subscriber = subscriberByLine.get(line.id());
        if (subscriber == null) {
            return null;
        }
        for (String topic : topics) {
            if (subscriber.topics.remove(topic)) {
                removeFrom(topic, line.id());
            }
        }
        if (subscriber.topics.isEmpty()) {
            subscriberByLine.remove(line.id());
        }
        return null;
    }

    private void removeFrom(String topic, LineId line) {
        Set<LineId> subscribers = subscribersByTopic.get(topic);
        if (subscribers != null && subscribers.remove(line) && subscribers.isEmpty()) {
            subscribersByTopic.remove(topic);
        }
    }

    private @Nullable DropInRefusal publish(
            DropInLine line, TopicMessage.Publish message, long nowNanos, List<DropInEffect<TopicAnswer>> effects) {
        if (!line.mayUse(message.topic())) {
            return DropInRefusal.NOT_GRANTED;
        }
        Set<LineId> subscribers = subscribersByTopic.get(message.topic());
        if (subscribers == null) {
            return DropInRefusal.NO_SUBSCRIBERS;
        }
        if (!line.mayDeliver(subscribers.size(), charactersOf(message), nowNanos)) {
            return DropInRefusal.DELIVERY_RATE;
        }
        effects.add(new DropInEffect.Send<>(List.copyOf(subscribers), answerTo(line, message, subscribers.size())));
        return null;
    }

    private static int charactersOf(TopicMessage.Publish message) {
        return message.fields().stream()
                .mapToInt(field -> field.name().length() + field.value().text().length())
                .sum();
    }

    /** Who publishes without having subscribed to anything shows its language by what it publishes. */
    private TopicAnswer answerTo(DropInLine line, TopicMessage.Publish message, int clients) {
        Subscriber sender = subscriberByLine.get(line.id());
        JsonText payload = message.fields().stream()
                .filter(field -> field.name().equals("payload"))
                .map(TopicMessage.Field::value)
                .findFirst()
                .orElse(null);
        if (payload != null && (sender == null || sender.speech == TopicSpeech.TRYSTERO)) {
            return new TopicAnswer.Payload(message.topic(), payload);
        }
        return new TopicAnswer.Published(message.fields(), clients);
    }

    @Override
    public void closed(DropInLine line, long nowNanos, List<DropInEffect<TopicAnswer>> effects) {
        Subscriber subscriber = subscriberByLine.remove(line.id());
        if (subscriber != null) {
            subscriber.topics.forEach(topic -> removeFrom(topic, line.id()));
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void timerFired(long nowNanos, List<DropInEffect<TopicAnswer>> effects) {
        // nothing here ends by itself
    }

    /** Topics somebody is subscribed to. */
    int topicCount() {
        return subscribersByTopic.size();
    }

    /** Connections that are subscribed to something. */
    int subscriberCount() {
        return subscriberByLine.size();
    }
}
