package dev.parley.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics, health and reloading for this host only, on threads of its own, so that it answers also when an event loop
 * is stuck.
 * Shows no secret, and users only to who has the token.
 */
final class AdminEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminEndpoint.class);
    private static final int BACKLOG = 16;
    private static final int THREADS = 2;

    static {
        // Seconds in which a request must be there and an answer taken; read once by the JDK's server.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        System.setProperty("jdk.httpserver.maxConnections", "32");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final AdminToken token;
    private final AdminDuties duties;
    private final AtomicBoolean ready = new AtomicBoolean();

    private AdminEndpoint(HttpServer server, AdminToken token, AdminDuties duties) {
        this.server = server;
        this.token = token;
        this.duties = duties;
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("admin-", 0).factory());
    }

    /** Listens on 127.0.0.1; {@code /readyz} says no until {@link #ready}. */
    static AdminEndpoint start(int port, AdminToken token, AdminDuties duties) throws StartException {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
            AdminEndpoint endpoint = new AdminEndpoint(server, token, duties);
            server.setExecutor(endpoint.threads);
            server.createContext("/", endpoint::answer);
            server.start();
            return endpoint;
        } catch (BindException e) {
            throw PortInUse.refusal("admin.port", "TCP", port, e);
        } catch (IOException e) {
            throw new StartException("admin.port: cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** Says whether new work is welcome. */
    void ready(boolean isReady) {
        ready.set(isReady);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("an admin request is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            AdminRequest request = new AdminRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders().getFirst("Authorization"));
            AdminAnswer answer = AdminAnswer.to(request, ready.get(), token, duties);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.contentType());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (answer.status() == AdminAnswer.WRONG_METHOD) {
                headers.set("Allow", answer.body().startsWith("POST") ? "POST" : "GET");
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(body);
            }
        }
    }
}
