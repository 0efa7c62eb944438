package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.loop.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Section 3, row 16: bytes, peers and duration by user, in bounded room. */
class UsageBookTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(UsageBook.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nowNanos;
    private final UsageBook book = new UsageBook(() -> nowNanos);

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void anAllocationThatEndsIsOneLine() {
        book.ended(usage("ann\nWARN fake", 1000), EndReason.DELETED);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("allocation of ann_WARN_fake ended (deleted) after 61 s:"
                        + " up 1000 bytes in 5 packets, down 7 in 3, 2 peers");
    }

    @Test
    void row19ManyEndsAtOnceAreTenLinesASecondAndTheRestIsCounted() {
        for (int i = 0; i < 1000; i++) {
            book.ended(usage("ann", 1), EndReason.EXPIRED);
        }
        assertThat(lines.list).hasSize(UsageBook.LINES_PER_SECOND);
        nowNanos = 1_000_000_000L;
        book.ended(usage("ann", 1), EndReason.EXPIRED);

        assertThat(lines.list.getLast().getFormattedMessage()).endsWith("(990 such lines left out before)");
    }

    @Test
    void whoRelaysMostComesFirstWithWhatLivesCounted() {
        book.ended(usage("ann", 1000), EndReason.EXPIRED);
        book.ended(usage("ben", 900), EndReason.EXPIRED);

        JsonNode users = JsonMapper.shared()
                .readTree(book.topUsers(List.of(usage("ben", 500), usage("ben", 1))))
                .get("users");

        assertThat(users).hasSize(2);
        assertThat(users.get(0).toString())
                .isEqualTo("{\"user\":\"ben\",\"allocations\":3,\"live\":2,\"seconds\":183,"
                        + "\"bytesUp\":1401,\"bytesDown\":21,\"packetsUp\":15,\"packetsDown\":9,\"peers\":6}");
        assertThat(users.get(1).get("user").asString()).isEqualTo("ann");
    }

    @Test
    void amongTooManyUsersThoseWithTheFewestBytesBecomeOne() {
        UserTotals totals = new UserTotals();
        for (int i = 0; i < UserTotals.KNOWN; i++) {
            totals.add(usage("user" + i, i));
        }
        assertThat(totals.known()).isEqualTo(UserTotals.KNOWN);
        totals.add(usage("one more", 1_000_000));
        assertThat(totals.known()).isEqualTo(UserTotals.KNOWN / 2);

        JsonNode all = JsonMapper.shared().readTree(totals.json(List.of()));
        assertThat(all.get("users")).hasSize(UserTotals.SHOWN);
        assertThat(all.get("users").get(0).get("user").asString()).isEqualTo("one more");
        assertThat(all.get("others").get("allocations").asLong()).isEqualTo(UserTotals.KNOWN + 1 - UserTotals.SHOWN);
    }

    private static Usage usage(String name, long bytesUp) {
        return new Usage(name, ClientTransport.UDP, Duration.ofSeconds(61), bytesUp, 7, 5, 3, 2);
    }
}
