package dev.parley.it.signaling;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Many clients that read all they get, each on a virtual thread, and count it by type. */
final class Crowd implements AutoCloseable {
    /** Generous: the machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 0x8A;

    final List<Client> clients = new ArrayList<>();
    private final Map<String, LongAdder> countByType = new ConcurrentHashMap<>();

    /** One client. */
    final class Client {
        final RawWebSocket socket;
        final String id;
        final ConcurrentLinkedQueue<String> signals = new ConcurrentLinkedQueue<>();
        final LongAdder seen = new LongAdder();

        private Client(InetSocketAddress server) throws IOException {
            socket = new RawWebSocket(server);
            id = valueOf("id", socket.readUntil("welcome"));
            Thread.ofVirtual().start(this::readAll);
        }

        private void readAll() {
            try {
                for (var frame = socket.read(); frame.opcode() != CLOSE; frame = socket.read()) {
                    if (frame.opcode() == PING) {
                        socket.sendFrame(PONG);
                    } else {
                        count(frame.text());
                    }
                }
            } catch (IOException closed) {
                // the end of the test, or of this client; what it should have seen is counted
            }
        }

        private void count(String text) {
            String type = valueOf("type", text);
            switch (type) {
                case "signal" -> signals.add(text);
                case "joined" -> seen.add(text.split("\"id\":", -1).length - 2L); // without the client's own
                case "member-joined" -> seen.increment();
                default -> {}
            }
            countByType.computeIfAbsent(type, key -> new LongAdder()).increment();
        }
    }

    static String valueOf(String field, String text) {
        int start = text.indexOf('"' + field + "\":\"") + field.length() + 4;
        return text.substring(start, text.indexOf('"', start));
    }

    void connect(InetSocketAddress server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(server));
        }
    }

    long count(String type) {
        return countByType.getOrDefault(type, new LongAdder()).sum();
    }

    static void awaitThat(String what, BooleanSupplier condition) {
        await(what).atMost(PATIENCE).until(condition::getAsBoolean);
    }

    /** Everybody's connection breaks. */
    void hangUp() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
