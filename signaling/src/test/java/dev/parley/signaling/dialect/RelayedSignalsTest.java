package dev.parley.signaling.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RelayedSignalsTest {
    private static final String HOST = "candidate:1 1 udp 2113937151 192.168.1.7 54400 typ host";
    private static final String RELAY = "candidate:5 1 udp 1 198.51.100.1 50000 typ relay raddr 0.0.0.0 rport 9";

    private final RelayedSignals signals = new RelayedSignals();

    private @Nullable String kept(String json) {
        JsonText kept = signals.withoutAddresses(new JsonText(json));
        return kept == null ? null : kept.text();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"the candidate won\",\"n\":1.50,\"big\":123456789012345678901234567890}",
                "{\"candidate\":null}",
                "{\"candidate\":\"\"}",
                "{\"sdp\":\"v=0\\r\\na=ice-ufrag:x\\r\\n\"}",
                "{\"half\":\"\\ud800\",\"candidate\":1}",
                "[]",
                "\"hello\"",
                "null",
            })
    void whatShowsNoAddressIsTheSameObject(String json) {
        JsonText data = new JsonText(json);
        assertThat(signals.withoutAddresses(data)).isSameAs(data);
    }

    @Test
    void aSignalWithACandidateThatIsNotOfARelayIsGone() {
        assertThat(kept("{\"candidate\":{\"candidate\":\"" + HOST + "\",\"sdpMid\":\"0\"}}"))
                .isNull();
        assertThat(kept("\"" + HOST + "\"")).isNull();
        assertThat(kept("{\"said\":\"look: " + HOST + "\"}")).isNull();
        assertThat(kept("{\"candidate\":\"\\u0063andidate:1 1 udp 1 192.168.1.7 54400 typ host\"}"))
                .isNull();
    }

    @Test
    void ofAListOnlyThatElementIsGone() {
        assertThat(kept("{\"list\":[{\"candidate\":\"" + HOST + "\"},{\"candidate\":\"" + RELAY + "\"},\"" + HOST
                        + "\"]}"))
                .isEqualTo("{\"list\":[{\"candidate\":\"" + RELAY + "\"}]}");
    }

    @Test
    void jsonInsideOfStringsIsReadToo() {
        String inner = "{\"sdp\":\"v=0\\r\\na=" + HOST + "\\r\\n\"}";
        assertThat(kept("{\"payload\":" + quoted(inner) + "}"))
                .isEqualTo("{\"payload\":" + quoted("{\"sdp\":\"v=0\\r\\n\"}") + "}");
        assertThat(kept(quoted("{\"candidate\":\"" + HOST + "\"}"))).isNull();
        assertThat(kept(quoted("{no json, but " + HOST + "}"))).isNull();
    }

    @Test
    void whoNestsTooDeepHidesSomething() {
        String nested = "{\"candidate\":\"" + RELAY + "\"}";
        for (int i = 0; i < 3; i++) {
            nested = "{\"in\":" + quoted(nested) + "}";
        }
        assertThat(kept(nested)).isEqualTo(nested);
        assertThat(kept("{\"in\":" + quoted(nested) + "}")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[1.50,1e400,\"\\u00e9\"],\"sdp\":\"v=0\\nc=IN IP4 1.2.3.4\"}"
                        + "|{\"a\":[1.50,1E+400,\"\\u00E9\"],\"sdp\":\"v=0\\nc=IN IP4 0.0.0.0\"}",
                "{\"sdp\":\"v=0\\nc=IN IP4 1.2.3.4\",\"half\":\"\\ud800\"}"
                        + "|{\"sdp\":\"v=0\\nc=IN IP4 0.0.0.0\",\"half\":\"\\uD800\"}",
            })
    void theRestStaysAsItWas(String json, String expected) {
        assertThat(kept(json)).isEqualTo(expected);
    }
}
