package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.turn.quota.QuotaLimits;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** 200,000 allocations that relay and end, in every way they can, leave nothing in the tables or on the heap. */
class LeakCyclesTest {
    private static final int CYCLES = 200_000;
    private static final int AT_ONCE = 1000;

    private final TurnFixture turn =
            TurnFixture.dualStack(TurnLimits.DEFAULT, new PortRange(40000, 43999), new QuotaLimits(9999, 9999, 9999));

    @Test
    void twoHundredThousandCyclesLeaveNothing() throws JMException {
        wave(0);
        String start = census();
        for (int wave = 1; wave <= CYCLES / AT_ONCE; wave++) {
            wave(wave);
            assertThat(turn.server.allocationCount()).isZero();
            assertThat(turn.server.relayCount()).isZero();
            assertThat(turn.server.freePorts()).isEqualTo(8000);
            assertThat(turn.quotas.total()).isZero();
            assertThat(turn.liveRelays).isEmpty();
            assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        }
        assertThat(census()).isEqualTo(start);
    }

    /** A thousand clients come; some leave, some lose their connection or socket, the rest expires. */
    private void wave(int number) {
        for (int i = 0; i < AT_ONCE; i++) {
            TestClient client = TurnFixture.ALICE.onPort(1 + i);
            switch (i % 4) {
                case 0 -> turn.allocate(client, AdditionalAddressFamily.of(AddressFamily.IPV6));
                case 1 -> turn.allocate(client, new EvenPort(true));
                default -> turn.allocate(client);
            }
            turn.bindChannel(client, CHANNEL, PEER);
            assertThat(turn.up(client, CHANNEL)).isNotNull();
            assertThat(turn.down(client, PEER)).isNotNull();
            switch ((i + number) % 5) {
                case 0 -> turn.refresh(client, 0);
                case 1 -> turn.handle(new TurnEvent.ClientGone(client.key()));
                case 2 ->
                    turn.handle(new TurnEvent.RelayLost(turn.relayOf(client).id()));
                default -> {}
            }
            turn.log.clear();
        }
        while (turn.server.nextDeadlineNanos() != Long.MAX_VALUE) {
            turn.advanceTo(turn.server.nextDeadlineNanos());
        }
        turn.log.clear();
    }

    /** How many objects of the core's stateful classes live, after a full collection. */
    private static String census() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        StringBuilder census = new StringBuilder();
        for (String type : new String[] {"Allocation", "Relay", "PeerRoute", "Permission", "PortHold", "HeldPort"}) {
            Matcher line = Pattern.compile("\\s(\\d+)\\s+\\d+\\s+dev\\.parley\\.turn\\.core\\." + type + "\\s")
                    .matcher(histogram);
            census.append(type)
                    .append(' ')
                    .append(line.find() ? line.group(1) : "0")
                    .append('\n');
        }
        return census.toString();
    }
}
