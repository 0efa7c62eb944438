package dev.parley.turn.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.RefusalReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Row 19 of the abuse table: the log is for the operator, not for whoever wants to fill a disk. */
class RefusalLogTest {
    private static final TransportAddress CLIENT = TransportAddress.parse("192.0.2.77:5000");
    private static final long SECOND = 1_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nowNanos;
    private final RefusalLog log = new RefusalLog(() -> nowNanos, false, 0x5eed);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void row19AFloodFromEverywhereIsTenLinesASecond() {
        int seconds = 20;
        int refusals = 0;
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < 20_000; i++) {
                nowNanos = second * SECOND + i * 50_000L;
                log.refused(RefusalReason.WRONG_INTEGRITY, source(second * 20_000 + i));
                refusals++;
            }
        }
        System.out.printf(
                "row 19: %d refusals in %d s, %d lines, %d slots%n",
                refusals, seconds, lines.list.size(), RefusalLog.SLOTS);
        assertThat(lines.list)
                .hasSizeLessThanOrEqualTo(seconds * RefusalLog.LINES_PER_SECOND)
                .isNotEmpty();
    }

    @Test
    void rows6And7LatePacketsAndStrangersNeverMakeALineAndDropsOfClientsDo() {
        for (DropReason late : List.of(
                DropReason.NO_ALLOCATION, DropReason.UNBOUND_CHANNEL, DropReason.ICMP_TYPE, DropReason.ICMP_LIMIT)) {
            log.dropped(late, CLIENT);
            log.droppedFromPeer(late, CLIENT);
        }
        log.droppedFromPeer(DropReason.NO_PERMISSION, CLIENT);
        assertThat(messages()).isEmpty();

        log.dropped(DropReason.NO_PERMISSION, CLIENT);
        log.droppedFromPeer(DropReason.PEER_LIMIT, CLIENT);
        log.dropped(WireDrop.SLOW_CLIENT, CLIENT);
        assertThat(messages())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("dropped no-permission for 192.0.2.0/24"),
                        line -> assertThat(line).startsWith("dropped peer-limit for 192.0.2.0/24"),
                        line -> assertThat(line).startsWith("dropped slow-client for 192.0.2.0/24"));
    }

    @Test
    void row19OneSourceIsOneLineAMinuteForEachReason() {
        for (int i = 0; i < 1000; i++) {
            log.refused(RefusalReason.PEER_DENIED, CLIENT);
            log.refused(RefusalReason.USER_QUOTA, CLIENT);
        }
        assertThat(messages()).hasSize(2);

        nowNanos = RefusalLog.WINDOW_NANOS - 1;
        log.refused(RefusalReason.PEER_DENIED, CLIENT);
        assertThat(messages()).hasSize(2);
        nowNanos = RefusalLog.WINDOW_NANOS;
        log.refused(RefusalReason.PEER_DENIED, CLIENT);
        assertThat(messages()).hasSize(3);
        assertThat(messages().getLast()).contains("1999 not logged");
        System.out.println("row 19: 2001 refusals of one source for two reasons in a minute, 2 lines");
    }

    @Test
    void aLineNamesTheReasonAndTheNetworkOnly() {
        log.refused(RefusalReason.PEER_DENIED, CLIENT);
        log.dropped(DropReason.USER_BANDWIDTH, TransportAddress.parse("[2001:db8:1:2::3]:1"));

        assertThat(messages().getFirst()).startsWith("refused peer-denied for 192.0.2.0/24 (0");
        assertThat(messages().getLast()).startsWith("dropped user-bandwidth for 2001:db8:1::/48");
    }

    @Test
    void theFirstStepOfEveryExchangeIsNoNews() {
        log.refused(RefusalReason.UNSIGNED, CLIENT);
        log.refused(RefusalReason.STALE_NONCE, CLIENT);

        assertThat(messages()).isEmpty();
    }

    private static TransportAddress source(int number) {
        return new TransportAddress(AddressFamily.IPV4, 0, 0x0B00_0000L + number, 1);
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
