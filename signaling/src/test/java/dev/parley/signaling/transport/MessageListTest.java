package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageListTest {
    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"a\":1}", List.of("{\"a\":1}")),
                Arguments.of("{\"a\":1}\n\r\n {\"b\":2}\r\n", List.of("{\"a\":1}", "{\"b\":2}")),
                Arguments.of(" [ {\"a\":1} , {\"b\":[1,2]} ] ", List.of("{\"a\":1}", "{\"b\":[1,2]}")),
                Arguments.of("[{\"a\":\"],[{\\\"\"},{}]", List.of("{\"a\":\"],[{\\\"\"}", "{}")),
                Arguments.of("[{\n\"a\":1\n}]", List.of("{\n\"a\":1\n}")),
                Arguments.of("[]", List.of()),
                Arguments.of("", List.of()),
                // What is wrong stays wrong, for the dialect to say so.
                Arguments.of("[{}", List.of("{}")),
                Arguments.of("[{}]]", List.of("{}", "]")),
                Arguments.of("[\"\\", List.of("\"\\")),
                Arguments.of("[[[[", List.of("[[[")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyIsTakenApart(String body, List<String> messages) {
        assertThat(MessageList.split(body, 10)).isEqualTo(messages);
    }

    @Test
    void moreMessagesThanTheLimitAreRefusedTogether() {
        assertThat(MessageList.split("[1,2,3]", 3)).hasSize(3);
        assertThat(MessageList.split("[1,2,3,4]", 3)).isNull();
        assertThat(MessageList.split("1\n2\n3", 3)).hasSize(3);
        assertThat(MessageList.split("1\n2\n3\n4", 3)).isNull();
    }
}
