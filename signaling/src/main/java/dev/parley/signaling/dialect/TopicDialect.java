package dev.parley.signaling.dialect;

import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.topics.TopicAnswer;
import dev.parley.signaling.core.topics.TopicMessage;
import dev.parley.signaling.core.topics.TopicSpeech;
import dev.parley.signaling.json.JsonWriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** The messages of y-webrtc's signaling server, and of Trystero's relay, which differs in two places. */
public final class TopicDialect implements DropInDialect<TopicMessage, TopicAnswer> {
    private static final TopicMessage MEANINGLESS = new TopicMessage.Meaningless();
    private static final String COUNT = "clients";

    private final StrictJson json;

    public TopicDialect(HubLimits limits) {
        this.json = StrictJson.ofDropIn(limits);
    }

    @Override
    public TopicMessage decode(String text) {
        return switch (json.read(text)) {
            case StrictJson.Result.Unreadable(var detail) -> MEANINGLESS;
            case StrictJson.Result.Fields(var fieldByName) -> decode(new LooseFields(fieldByName));
        };
    }

    private TopicMessage decode(LooseFields fields) {
        return switch (Objects.requireNonNullElse(fields.string("type"), "")) {
            case "subscribe" -> subscribe(fields);
            case "unsubscribe" -> unsubscribe(fields);
            case "publish" -> publish(fields);
            case "ping" -> new TopicMessage.Ping();
            default -> MEANINGLESS;
        };
    }

    private TopicMessage subscribe(LooseFields fields) {
        String list = fields.array("topics");
        String one = fields.word("topic");
        if (list != null) {
            return new TopicMessage.Subscribe(strings(list), TopicSpeech.Y_WEBRTC);
        }
        return one == null ? MEANINGLESS : new TopicMessage.Subscribe(List.of(one), TopicSpeech.TRYSTERO);
    }

    private TopicMessage unsubscribe(LooseFields fields) {
        String list = fields.array("topics");
        String one = fields.word("topic");
        if (list != null) {
            return new TopicMessage.Unsubscribe(strings(list));
        }
        return one == null ? MEANINGLESS : new TopicMessage.Unsubscribe(List.of(one));
    }

    private List<String> strings(String array) {
        List<String> strings = new ArrayList<>();
        for (JsonField item : json.items(array)) {
            if (item.string() != null) {
                strings.add(item.string());
            }
        }
        return strings;
    }

    private static TopicMessage publish(LooseFields fields) {
        String topic = fields.word("topic");
        if (topic == null) {
            return MEANINGLESS;
        }
        List<TopicMessage.Field> all = new ArrayList<>();
        fields.all().forEach((name, field) -> all.add(new TopicMessage.Field(name, new JsonText(field.text()))));
        return new TopicMessage.Publish(topic, all);
    }

    @Override
    public String encode(TopicAnswer answer) {
        return JsonWriting.object(frame -> {
            switch (answer) {
                case TopicAnswer.Published(var fields, var clients) -> published(frame, fields, clients);
                case TopicAnswer.Payload(var topic, var payload) -> {
                    frame.writeStringProperty("topic", topic);
                    JsonWriting.raw(frame, "payload", payload);
                }
                case TopicAnswer.Pong() -> frame.writeStringProperty("type", "pong");
            }
        });
    }

    private static void published(JsonGenerator frame, List<TopicMessage.Field> fields, int clients) {
        for (TopicMessage.Field field : fields) {
            if (!field.name().equals(COUNT)) {
                JsonWriting.raw(frame, field.name(), field.value());
            }
        }
        frame.writeNumberProperty(COUNT, clients);
    }
}
