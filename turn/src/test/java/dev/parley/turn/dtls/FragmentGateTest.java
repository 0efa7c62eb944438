package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.buffer;
import static dev.parley.turn.dtls.Datagrams.fragment;
import static dev.parley.turn.dtls.Datagrams.record;
import static dev.parley.turn.dtls.HandshakeMessage.CLIENT_HELLO;
import static dev.parley.turn.dtls.HandshakeMessage.CLIENT_KEY_EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FragmentGateTest {
    private final FragmentGate gate = new FragmentGate();

    @Test
    void aMessageMayDeclareItsMostAndNotOneByteMore() {
        assertThat(admits(fragment(CLIENT_HELLO, FragmentGate.MESSAGE_BYTES_MAX, 1, 0, 10, 10)))
                .isTrue();
        assertThat(admits(fragment(CLIENT_HELLO, FragmentGate.MESSAGE_BYTES_MAX + 1, 1, 0, 10, 10)))
                .isFalse();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, FragmentGate.KEY_EXCHANGE_BYTES_MAX, 2, 0, 10, 10)))
                .isTrue();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, FragmentGate.KEY_EXCHANGE_BYTES_MAX + 1, 2, 0, 10, 10)))
                .isFalse();
    }

    @Test
    void row43TheDeclaredLengthOf16MebibytesDoesNotPass() {
        assertThat(admits(fragment(CLIENT_HELLO, 0xFFFFFF, 1, 0, 0, 0))).isFalse();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 0xFFFFFF, 2, 0, 1, 1))).isFalse();
        assertThat(admits(fragment(11, 0xFFFFFF, 2, 0, 1, 1))).isFalse();
    }

    @Test
    void aFragmentLiesInsideItsMessage() {
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 2, 90, 10, 10))).isTrue();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 2, 91, 10, 10))).isFalse();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 2, 0xFFFFFF, 10, 10)))
                .isFalse();
    }

    @Test
    void aFragmentLiesInsideItsRecord() {
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 2, 0, 11, 10))).isFalse();
        assertThat(admits(new byte[11])).isFalse();
        assertThat(admits(new byte[0])).isFalse();
    }

    @Test
    void row47EmptyFragmentsWithAnOffsetDoNotPass() {
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 2, 50, 0, 0))).isFalse();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 0, 2, 0, 0, 0))).isFalse();
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 0, 2, 1, 0, 0))).isFalse();
    }

    @Test
    void messagesOfOthersAndFarAheadDoNotPass() {
        for (int type = 0; type < 256; type++) {
            boolean isClients = type == CLIENT_HELLO || type == CLIENT_KEY_EXCHANGE;
            assertThat(admits(fragment(type, 100, 2, 0, 10, 10)))
                    .as("type %d", type)
                    .isEqualTo(isClients);
        }
        assertThat(admits(fragment(CLIENT_KEY_EXCHANGE, 100, 3, 0, 10, 10))).isFalse();
    }

    @Test
    void row46OverlappingFragmentsPassUpToTheLimitAndCostNextToNothing() {
        byte[] overlapping = fragment(CLIENT_KEY_EXCHANGE, 1000, 2, 1, 500, 500);
        int passed = 0;
        long startNanos = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            passed += admits(overlapping) ? 1 : 0;
        }
        long nanosEach = (System.nanoTime() - startNanos) / 10_000;

        System.out.println("row 46: of 10000 overlapping fragments " + passed + " pass, " + nanosEach + " ns each");
        assertThat(passed).isEqualTo(FragmentGate.FRAGMENTS_MAX);
        assertThat(nanosEach).isLessThan(1_000_000);
    }

    @Test
    void recordsOfAllKindsAreCounted() {
        int passed = 0;
        for (int i = 0; i < 2 * FragmentGate.RECORDS_MAX; i++) {
            passed += gate.admits(buffer(record(DtlsRecord.CHANGE_CIPHER_SPEC, 0, i, new byte[1])), 0) ? 1 : 0;
        }

        assertThat(passed).isEqualTo(FragmentGate.RECORDS_MAX);
    }

    @Test
    void ofEncryptedRecordsOnlyTheLengthsOfAFinishedPass() {
        for (int bytes = 0; bytes < 100; bytes++) {
            assertThat(gate.admits(buffer(record(DtlsRecord.HANDSHAKE, 1, bytes, new byte[bytes])), 0))
                    .isEqualTo(bytes == 40 || bytes == 48);
        }
        assertThat(gate.admits(buffer(record(DtlsRecord.HANDSHAKE, 2, 0, new byte[40])), 0))
                .isFalse();
        assertThat(gate.admits(buffer(record(DtlsRecord.ALERT, 0, 0, new byte[] {2, 0})), 0))
                .isFalse();
    }

    private boolean admits(byte[] fragment) {
        return gate.admits(buffer(record(DtlsRecord.HANDSHAKE, 0, 0, fragment)), 0);
    }
}
