package dev.parley.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.HubClient;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that fails, then does not answer, then takes events gets them all, in order, and signed. */
class WebhookIT {
    private static final String SECRET = "a-webhook-secret-for-integration-tests";
    private static final int PATIENCE_SECONDS = 30;
    private static final Pattern SNIPPET = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL);

    private final BlockingQueue<Call> taken = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch nextHasCome = new CountDownLatch(1);

    private record Call(String body, String signature) {
        String told() {
            JsonNode event = JsonMapper.shared().readTree(body);
            JsonNode reason = event.get("reason");
            return event.get("event").stringValue() + " " + event.get("room").stringValue()
                    + (reason == null ? "" : " " + reason.stringValue());
        }
    }

    @Test
    @Needs(Need.NODE)
    void eventsReachAServiceThatWasDownInOrderAndItCanTellTheyAreGenuine(@TempDir Path folder)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(threads);
        service.createContext("/hook", this::answer);
        service.start();
        try (var parley = ParleyProcess.plan()
                .set("webhooks.urls", "http://127.0.0.1:" + service.getAddress().getPort() + "/hook")
                .set("webhooks.secret", SECRET)
                .set("webhooks.timeout", "1s")
                .set("webhooks.back-off", "100ms")
                .start()) {
            try (var ann = new HubClient(parley.page())) {
                ann.join("garden");
                ann.leave("garden");
                List<Call> all = new ArrayList<>();
                while (all.size() < 4) {
                    Call call = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    assertThat(call).as("after %s\n%s", all, parley.log()).isNotNull();
                    all.add(call);
                }
                assertThat(all.stream().map(Call::told))
                        .containsExactly(
                                "room-started garden",
                                "member-joined garden",
                                "member-left garden left",
                                "room-ended garden");
                assertThat(calls).hasValue(3 + 4);
                assertVerifies(folder, all.getFirst());
            }
        } finally {
            service.stop(0);
            threads.shutdownNow();
        }
    }

    /** Twice an error, once no answer until the next attempt comes, then all is well. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int number = calls.incrementAndGet();
            if (number <= 2) {
                exchange.sendResponseHeaders(500, -1);
            } else if (number == 3) {
                nextHasCome.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else {
                nextHasCome.countDown();
                taken.add(new Call(body, exchange.getRequestHeaders().getFirst("Parley-Signature")));
                exchange.sendResponseHeaders(204, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The function of the documentation takes the call, and nothing that differs from it. */
    private static void assertVerifies(Path folder, Call call) throws IOException {
        String page = Files.readString(Checkout.root().resolve("docs/operations.md"));
        String snippet =
                SNIPPET.matcher(page).results().findFirst().orElseThrow().group(1);
        JsonMapper json = JsonMapper.shared();
        String body = json.writeValueAsString(call.body());
        String signature = json.writeValueAsString(call.signature());
        String tests = """
            const body = Buffer.from(%s), signature = %s, secret = '%s', now = Date.now() / 1000;
            console.log([
              isGenuine(body, signature, secret, now),
              isGenuine(body, signature, secret + 'x', now),
              isGenuine(Buffer.concat([body, body]), signature, secret, now),
              isGenuine(body, signature, secret, now + 301),
              isGenuine(body, '', secret, now),
            ].join());
            """.formatted(body, signature, SECRET);
        Path script = Files.writeString(folder.resolve("verify.mjs"), snippet + tests);
        var outcome = Command.run(Duration.ofMinutes(1), List.of("node", script.toString()));
        assertThat(outcome.output().strip()).as(outcome.everything()).isEqualTo("true,false,false,false,false");
    }
}
