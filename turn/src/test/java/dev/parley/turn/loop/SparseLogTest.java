package dev.parley.turn.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.ice.address.TransportAddress;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SparseLogTest {
    private static final TransportAddress CLIENT = TransportAddress.parse("192.0.2.77:5000");

    private final Logger logger = (Logger) LoggerFactory.getLogger(SparseLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nowNanos;
    private final SparseLog log = new SparseLog(() -> nowNanos, false);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    @Test
    void aFloodIsOneLineAWindowWithTheNumberLeftOut() {
        for (int i = 0; i < 1000; i++) {
            warn();
        }
        nowNanos = SparseLog.WINDOW_NANOS - 1;
        warn();
        assertThat(messages()).hasSize(1);

        nowNanos = SparseLog.WINDOW_NANOS;
        warn();
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(1)).contains("1000 more");
    }

    @Test
    void topicsDoNotSilenceEachOther() {
        warn();
        log.warn(SparseLog.Topic.BIND, CLIENT, new IOException("no descriptors"));

        assertThat(messages()).hasSize(2);
    }

    @Test
    void onlyTheNetworkOfAStrangerIsLogged() {
        warn();
        log.warn(SparseLog.Topic.BIND, TransportAddress.parse("[2001:db8:1:2::3]:1"), new IOException("x"));

        assertThat(messages().get(0)).contains("192.0.2.0/24").doesNotContain("77");
        assertThat(messages().get(1)).contains("2001:db8:1::/48").doesNotContain("::3");
    }

    private void warn() {
        log.warn(SparseLog.Topic.SOCKET, CLIENT, new IOException("network is unreachable"));
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
