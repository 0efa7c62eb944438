package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBodyTest {
    @Test
    void scalarsAreTextAndTreesStayAsWritten() {
        assertThat(ApiBody.findJson(
                        "{\"ttl\":600,\"a\":\"b\\u0063\",\"on\":true,\"gone\":null,\"meta\": {\"x\":[1, 2]} }"))
                .isEqualTo(
                        new ApiBody(Map.of("ttl", "600", "a", "bc", "on", "true"), Map.of("meta", "{\"x\":[1, 2]}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":123456789012345678901}",
                "{\"a\":[[[[[[[[1]]]]]]]]}",
                "{\"a\":nul}"
            })
    void anythingElseIsNoBody(String text) {
        assertThat(ApiBody.findJson(text)).isNull();
    }

    @Test
    void tokensAreBounded() {
        assertThat(ApiBody.findJson("{\"a\":[" + "1,".repeat(249) + "1]}")).isNotNull();
        assertThat(ApiBody.findJson("{\"a\":[" + "1,".repeat(260) + "1]}")).isNull();
    }

    @Test
    void formIsKnownByItsType() {
        assertThat(ApiBody.isForm("application/x-www-form-urlencoded; charset=UTF-8"))
                .isTrue();
        assertThat(ApiBody.isForm("application/json")).isFalse();
    }
}
