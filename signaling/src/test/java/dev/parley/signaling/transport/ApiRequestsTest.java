package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.api.ApiAnswer;
import dev.parley.signaling.api.ApiRequest;
import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests to an API are taken from a connection, and its answers given. */
@ExtendWith(LeakCheck.class)
class ApiRequestsTest {
    private final Deque<ApiRequest> requests = new ArrayDeque<>();
    private final Deque<Consumer<ApiAnswer>> waiting = new ArrayDeque<>();
    private final HubHarness harness =
            new HubHarness(HubLimits.defaults(), Admission.EVERYBODY, List.of(new RecordingApi()));

    private final class RecordingApi implements HttpApi {
        @Override
        public boolean serves(String path) {
            return path.startsWith("/api/v1/");
        }

        @Override
        public boolean admitsOrigin(ApiRequest.PageOrigin origin) {
            return true;
        }

        @Override
        public void answer(ApiRequest request, Consumer<ApiAnswer> answer) {
            requests.add(request);
            waiting.add(answer);
        }
    }

    @AfterEach
    void end() {
        harness.closeAll();
    }

    private static ApiAnswer good() {
        return new ApiAnswer(
                200, "{}", List.of(new ApiAnswer.Header("Link", "a"), new ApiAnswer.Header("Link", "b")), null);
    }

    @Test
    void answerIsNotStoredAndHasAllItsHeaders() {
        HttpChannel client = harness.connect();
        client.sendAscii(
                HttpRequests.of("GET /api/v1/x%20y?key=a.b&n=1&n=2 HTTP/1.1", "Host: h", "Authorization: Bearer c"));
        ApiRequest request = requests.remove();
        assertThat(request.path()).isEqualTo("/api/v1/x y");
        assertThat(request.query()).containsEntry("key", "a.b").containsEntry("n", "1");
        assertThat(request.authorization()).isEqualTo("Bearer c");
        assertThat(request.origin()).isNull();
        assertThat(client.sentAscii()).isEmpty();

        waiting.remove().accept(good());
        assertThat(client.sentAscii())
                .startsWith("HTTP/1.1 200 ")
                .contains("cache-control: no-store", "Link: a", "Link: b", "X-Content-Type-Options: nosniff")
                .endsWith("\r\n\r\n{}");
        client.sendAscii(HttpRequests.of("GET /api/v1/again HTTP/1.1", "Host: h"));
        assertThat(requests.remove().path()).isEqualTo("/api/v1/again");
    }

    @ParameterizedTest
    @CsvSource({"application/x-www-form-urlencoded, Ttl=60&x=a%20b", "application/json, '{\"Ttl\":60,\"x\":\"a b\"}'"})
    void bodyIsAFormOrJson(String type, String body) {
        HttpChannel client = harness.connect();
        client.sendAscii(HttpRequests.of(
                        "POST /api/v1/x HTTP/1.1",
                        "Host: h",
                        "Content-Type: " + type,
                        "Content-Length: " + body.length())
                + body.substring(0, 3));
        assertThat(requests).isEmpty();
        client.sendAscii(body.substring(3));
        assertThat(requests.remove().body().scalars())
                .containsEntry("Ttl", "60")
                .containsEntry("x", "a b");
    }

    @Test
    void bodyHasItsBytesAndNotOneMore() {
        HttpChannel client = harness.connect();
        String head = "POST /api/v1/x HTTP/1.1";
        client.sendAscii(
                HttpRequests.of(head, "Host: h", "Content-Length: 8192") + "{\"a\":\"" + "b".repeat(8184) + "\"}");
        assertThat(requests).hasSize(1);

        HttpChannel other = harness.connect();
        other.sendAscii(HttpRequests.of(head, "Host: h", "Content-Length: 8193"));
        assertThat(other.sentAscii()).startsWith("HTTP/1.1 413 ");
        assertThat(other.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/%zz, 0, ''",
        "GET /api/v1/x?a=%f, 0, ''",
        "POST /api/v1/x, 3, '[1]'",
        "POST /api/v1/x, 1, '\u00ff'"
    })
    void whatCannotBeReadIsRefused(String line, int length, String body) {
        HttpChannel client = harness.connect();
        client.sendAscii(HttpRequests.of(line + " HTTP/1.1", "Host: h", "Content-Length: " + length) + body);
        assertThat(requests).isEmpty();
        assertThat(client.sentAscii()).startsWith("HTTP/1.1 4");
        assertThat(harness.counters.faults()).isZero();
    }

    @Test
    void pageIsToldApartFromPagesOfThisServer() {
        HttpChannel client = harness.connect();
        client.sendAscii(HttpRequests.of("GET /api/v1/x HTTP/1.1", "Host: h", "Origin: https://app.example.org"));
        assertThat(requests.remove().origin())
                .isEqualTo(new ApiRequest.PageOrigin("https://app.example.org", true, false));
        HttpChannel other = harness.connect();
        other.sendAscii(HttpRequests.of(
                "OPTIONS /api/v1/x HTTP/1.1", "Host: h", "Origin: https://evil", "Access-Control-Request-Method: GET"));
        assertThat(requests.remove().origin()).isEqualTo(new ApiRequest.PageOrigin("https://evil", false, true));
        HttpChannel twice = harness.connect();
        twice.sendAscii(HttpRequests.of("GET /api/v1/x HTTP/1.1", "Host: h", "Origin: http://h", "Origin: http://h"));
        assertThat(requests.remove().origin()).isEqualTo(new ApiRequest.PageOrigin("", false, false));
    }

    @Test
    void slowAnswerIsWaitedForAndNobodyAsksMeanwhile() {
        HttpChannel client = harness.connect();
        client.sendAscii(HttpRequests.of("GET /api/v1/x HTTP/1.1", "Host: h"));
        harness.ticker.advance(1, TimeUnit.HOURS);
        harness.settle();
        assertThat(client.isOpen()).isTrue();
        client.sendAscii(HttpRequests.of("GET /api/v1/y HTTP/1.1", "Host: h"));
        assertThat(client.isOpen()).isFalse();
        waiting.remove().accept(good());
        assertThat(client.sentAscii()).isEmpty();
    }

    @Test
    void connectionLostInTheMiddleOfABodyLeavesNothing() {
        HttpChannel client = harness.connect();
        client.sendAscii(HttpRequests.of("POST /api/v1/x HTTP/1.1", "Host: h", "Content-Length: 10") + "{");
        client.close();
        assertThat(requests).isEmpty();
    }
}
