package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.signaling.core.HubLimits;
import dev.parley.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The signaling security list, line 12: members of a room in which everything is relayed learn no address. */
@ExtendWith(LeakCheck.class)
class RelayOnlyRoomTest {
    private static final String ADDRESS = "192.168.77.7";
    private static final String HOST = "candidate:1 1 udp 2113937151 " + ADDRESS + " 54400 typ host";
    private static final String MAPPED = "candidate:2 1 udp 1677729535 203.0.113.9 54400 typ srflx raddr " + ADDRESS;
    private static final String RELAYED = "candidate:5 1 udp 1 198.51.100.1 50000 typ relay raddr " + ADDRESS;

    private final HubHarness harness = new HubHarness(HubLimits.defaults());
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.parley");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Level before = log.getEffectiveLevel();

    @BeforeEach
    void listen() {
        logged.start();
        log.setLevel(Level.TRACE);
        log.addAppender(logged);
    }

    @AfterEach
    void end() {
        log.detachAppender(logged);
        log.setLevel(before);
        harness.closeAll();
        assertThat(harness.counters.faults()).isZero();
    }

    private String heard(HttpChannel from, HttpChannel to, String data) {
        from.sendText("{\"type\":\"signal\",\"room\":\"garden\",\"data\":" + data + "}");
        harness.settle();
        return String.join("\n", to.sentFrames());
    }

    @Test
    void section4Line12CandidatesOfHostsAreNotPassedOnInRelayOnlyRoomsAndNoneIsLogged() {
        HttpChannel ann = harness.join("garden");
        HttpChannel bob = harness.join("garden");
        String host = "{\"candidate\":{\"candidate\":\"" + HOST + "\",\"sdpMid\":\"0\"}}";
        String described = "{\"description\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\nc=IN IP4 " + ADDRESS + "\\r\\na="
                + HOST + "\\r\\na=" + MAPPED + "\\r\\na=" + RELAYED + "\\r\\n\"}}";
        ann.sentFrames();
        assertThat(heard(bob, ann, host)).as("in other rooms").contains(HOST);

        heard(ann, bob, "0");
        ann.sendText("{\"type\":\"configure\",\"room\":\"garden\",\"relayOnly\":true}");
        harness.settle();
        assertThat(ann.sentFrames()).singleElement().asString().contains("\"relayOnly\":true");

        assertThat(heard(bob, ann, host)).isEmpty();
        assertThat(heard(bob, ann, described))
                .contains("typ relay raddr 0.0.0.0")
                .doesNotContain(ADDRESS, "typ host", "typ srflx");
        assertThat(harness.counters.addressesHidden()).isEqualTo(2);
        assertThat(logged.list)
                .noneMatch(event -> event.getFormattedMessage().contains("candidate")
                        || event.getFormattedMessage().contains(ADDRESS));
    }
}
