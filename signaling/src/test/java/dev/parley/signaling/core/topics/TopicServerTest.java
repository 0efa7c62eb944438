package dev.parley.signaling.core.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInFixture;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.TopicDialect;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicServerTest {
    private TopicServer server = new TopicServer(HubLimits.defaults());
    private DropInFixture<TopicMessage, TopicAnswer> wire = wired(HubLimits.defaults());

    private DropInFixture<TopicMessage, TopicAnswer> wired(HubLimits limits) {
        return new DropInFixture<>(limits, server, new TopicDialect(limits));
    }

    private void with(HubLimit limit, int value) {
        HubLimits limits = HubLimits.defaults().with(limit, value);
        server = new TopicServer(limits);
        wire = wired(limits);
    }

    private LineId subscribed(String... topics) {
        LineId line = wire.connect();
        subscribe(line, topics);
        return line;
    }

    private void subscribe(LineId line, String... topics) {
        String list = "\"" + String.join("\",\"", topics) + "\"";
        assertThat(wire.say(line, "{\"type\":\"subscribe\",\"topics\":[" + list + "]}"))
                .isEmpty();
    }

    private static final String PUBLISH = "{\"type\":\"publish\",\"topic\":\"t\",\"data\":{\"a\":[1]},\"x\":null}";

    @Test
    void whatIsPublishedGoesToAllSubscribersAndTheSenderWithTheirCount() {
        LineId ann = subscribed("t");
        subscribed("t", "u");
        subscribed("u");
        String expected = " < {\"type\":\"publish\",\"topic\":\"t\",\"data\":{\"a\":[1]},\"x\":null,\"clients\":2}";
        assertThat(wire.say(ann, PUBLISH)).containsExactly("1" + expected, "2" + expected);
    }

    @Test
    void thePublisherNeedNotBeSubscribedAndACountOfItsOwnIsReplaced() {
        subscribed("t");
        assertThat(wire.say(wire.connect(), "{\"clients\":99,\"type\":\"publish\",\"topic\":\"t\"}"))
                .containsExactly("1 < {\"type\":\"publish\",\"topic\":\"t\",\"clients\":1}");
    }

    @Test
    void whatNobodyWantsIsDropped() {
        LineId ann = subscribed("u");
        assertThat(wire.say(ann, PUBLISH)).isEmpty();
        assertThat(wire.say(ann, "{\"type\":\"publish\",\"topic\":\"\"}")).isEmpty();
        assertThat(wire.say(ann, "{\"type\":\"publish\"}")).isEmpty();
    }

    @Test
    void subscribingTwiceIsOnceAndWhatIsNoStringIsSkipped() {
        LineId ann = wire.connect();
        assertThat(wire.say(ann, "{\"type\":\"subscribe\",\"topics\":[\"t\",7,null,{\"t\":[]},\"t\"]}"))
                .isEmpty();
        subscribe(ann, "t");
        assertThat(wire.say(ann, PUBLISH)).hasSize(1);
        assertThat(server.topicCount()).isEqualTo(1);
        assertThat(wire.say(ann, "{\"type\":\"subscribe\",\"topics\":[]}")).isEmpty();
    }

    @Test
    void whoUnsubscribesGetsNothingMore() {
        LineId ann = subscribed("t", "u");
        assertThat(wire.say(ann, "{\"type\":\"unsubscribe\",\"topics\":[\"t\",\"never\"]}"))
                .isEmpty();
        assertThat(wire.say(ann, PUBLISH)).isEmpty();
        assertThat(server.topicCount()).isEqualTo(1);
    }

    @Test
    void aPingIsAnswered() {
        assertThat(wire.say(wire.connect(), "{\"type\":\"ping\"}")).containsExactly("1 < {\"type\":\"pong\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "7",
                "",
                "[\"subscribe\"]",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"topics\":\"t\"}",
                "{\"type\":\"subscribe\",\"topics\":{\"0\":\"t\"}}",
                "{\"type\":\"unsubscribe\",\"topics\":7}",
                "{\"type\":\"other\"}",
                "{\"topics\":[\"t\"]}",
                "{\"type\":7,\"topics\":[\"t\"]}"
            })
    void whatKillsTheStockServerIsIgnored(String text) {
        LineId ann = subscribed("t");
        assertThat(wire.say(ann, text)).isEmpty();
        assertThat(wire.refusals()).containsExactly("bad-message");
        assertThat(wire.say(ann, PUBLISH)).hasSize(1);
    }

    @Test
    void trysteroNamesOneTopicAndGetsTopicAndPayloadAlone() {
        LineId ann = wire.connect();
        LineId bob = wire.connect();
        wire.say(ann, "{\"type\":\"subscribe\",\"topic\":\"t\"}");
        wire.say(bob, "{\"type\":\"subscribe\",\"topic\":\"t\"}");
        assertThat(wire.say(ann, "{\"type\":\"publish\",\"topic\":\"t\",\"payload\":\"{}\"}"))
                .containsExactly(
                        "1 < {\"topic\":\"t\",\"payload\":\"{}\"}", "2 < {\"topic\":\"t\",\"payload\":\"{}\"}");
        wire.say(bob, "{\"type\":\"unsubscribe\",\"topic\":\"t\"}");
        assertThat(wire.say(bob, "{\"type\":\"publish\",\"topic\":\"t\",\"payload\":1}"))
                .containsExactly("1 < {\"topic\":\"t\",\"payload\":1}");
    }

    @Test
    void aConnectionHasSoManyTopics() {
        with(HubLimit.TOPICS_PER_CONNECTION, 2);
        LineId ann = subscribed("a", "b");
        assertThat(wire.refusals()).isEmpty();
        subscribe(ann, "c", "a");
        assertThat(wire.refusals()).containsExactly("too-many-topics-of-connection");
        assertThat(server.topicCount()).isEqualTo(2);
    }

    @Test
    void thereAreSoManyTopics() {
        with(HubLimit.TOPICS, 2);
        subscribed("a", "b");
        LineId bob = subscribed("c", "a");
        assertThat(wire.refusals()).containsExactly("too-many-topics");
        assertThat(wire.say(bob, "{\"type\":\"publish\",\"topic\":\"a\"}")).hasSize(2);
    }

    @Test
    void aTopicHasSoManySubscribers() {
        with(HubLimit.TOPIC_SUBSCRIBERS, 2);
        LineId ann = subscribed("t");
        subscribed("t");
        subscribed("t");
        assertThat(wire.refusals()).containsExactly("topic-full");
        assertThat(wire.say(ann, PUBLISH)).hasSize(2);
    }

    @Test
    void theNameOfATopicHasSoManyCharacters() {
        with(HubLimit.TOPIC_LENGTH, 3);
        subscribed("abc", "abcd");
        assertThat(wire.refusals()).containsExactly("topic-too-long");
        assertThat(server.topicCount()).isEqualTo(1);
    }

    @Test
    void deliveriesCountAgainstTheSenderAlone() {
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.DELIVERY_BURST, 2).with(HubLimit.DELIVERIES_PER_SECOND, 1);
        server = new TopicServer(limits);
        wire = wired(limits);
        LineId ann = subscribed("t");
        LineId bob = subscribed("t");
        assertThat(wire.say(ann, PUBLISH)).hasSize(2);
        assertThat(wire.say(ann, PUBLISH)).isEmpty();
        assertThat(wire.refusals()).containsExactly("delivery-rate");
        assertThat(wire.say(bob, PUBLISH)).hasSize(2);
    }

    @Test
    void aSilentConnectionIsPingedAndThenClosed() {
        LineId ann = subscribed("t");
        assertThat(wire.after(25, TimeUnit.SECONDS)).containsExactly("1 ping");
        wire.heard(ann);
        assertThat(wire.after(60, TimeUnit.SECONDS)).containsExactly("1 ping", "1 ping", "1 close silent");
    }

    @Test
    void aClosedConnectionLeavesNothing() {
        LineId ann = subscribed("t", "u");
        assertThat(wire.close(ann)).isEmpty();
        assertThat(wire.isIdle()).isTrue();
        assertThat(server.topicCount()).isZero();
        assertThat(server.subscriberCount()).isZero();
    }

    @Test
    void whoConnectsToADrainingServerIsSentAway() {
        LineId ann = subscribed("t");
        assertThat(wire.drain()).containsExactly("1 close going-away");
        assertThat(wire.say(ann, PUBLISH)).isEmpty();
    }
}
