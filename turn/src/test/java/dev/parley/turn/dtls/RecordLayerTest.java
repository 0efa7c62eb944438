package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.ALICE;
import static dev.parley.turn.dtls.Datagrams.buffer;
import static dev.parley.turn.dtls.Datagrams.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of an established association, made and read by the two ends of the same keys. */
class RecordLayerTest {
    private static final long EPOCH_1 = 1L << 48;

    private final byte[] scratch = new byte[20_000];
    private final byte[] plaintext = new byte[20_000];

    @ParameterizedTest
    @EnumSource(RecordProtection.Suite.class)
    void whatOneEndSealsTheOtherOpens(RecordProtection.Suite suite) throws Exception {
        Association server = server(suite);
        for (int bytes : new int[] {0, 1, 100, 1200, DtlsRecord.PLAINTEXT_MAX}) {
            byte[] message = new byte[bytes];
            Arrays.fill(message, (byte) bytes);

            assertThat(open(server, sealed(suite, bytes, 23, message))).isEqualTo(bytes);
            assertThat(Arrays.copyOf(plaintext, bytes)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @EnumSource(RecordProtection.Suite.class)
    void aRecordIsOpenedOnce(RecordProtection.Suite suite) throws Exception {
        Association server = server(suite);
        byte[] record = sealed(suite, 5, 23, new byte[50]);

        assertThat(open(server, record)).isEqualTo(50);
        assertThat(open(server, record)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(RecordProtection.Suite.class)
    void row49ShortForgedAndForeignRecordsAreDroppedAndTheNextGoodOneIsOpened(RecordProtection.Suite suite)
            throws Exception {
        Association server = server(suite);
        byte[] good = sealed(suite, 7, 23, new byte[50]);
        for (int bytes = 0; bytes < 32; bytes++) {
            assertThat(open(server, record(23, 1, 7, new byte[bytes]))).isEqualTo(-1);
        }
        for (int at = 0; at < good.length; at++) {
            byte[] forged = good.clone();
            forged[at] ^= 1;
            if (DtlsRecord.isWhole(buffer(forged), 0)) {
                assertThat(open(server, forged)).as("byte %d", at).isEqualTo(-1);
            }
        }
        for (int epoch : new int[] {0, 2, 0xFFFF}) {
            byte[] foreign = good.clone();
            foreign[3] = (byte) (epoch >>> 8);
            foreign[4] = (byte) epoch;
            assertThat(open(server, foreign)).isEqualTo(-1);
        }

        assertThat(open(server, good)).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(RecordProtection.Suite.class)
    void row48NoncesOfTenThousandRecordsAreUniqueAndIncrease(RecordProtection.Suite suite) throws Exception {
        Association server = server(suite);
        byte[] record = new byte[200];
        long last = -1;
        for (int i = 0; i < 10_000; i++) {
            assertThat(server.seal(23, plaintext, 20, record)).isTrue();
            long sequence = DtlsRecord.sequence(buffer(record), 0);
            assertThat(sequence).isGreaterThan(last);
            last = sequence;
            if (suite.explicitNonceBytes() > 0) {
                assertThat(buffer(record).getLong(13)).isEqualTo(EPOCH_1 | sequence);
            }
        }
    }

    @Test
    void theSequenceNumberEndsBeforeItBeginsAgain() throws Exception {
        long last = (1L << 48) - 1;
        Association server = new Association(ALICE, new byte[32], protection(suite()), last, List.of());
        byte[] record = new byte[200];

        assertThat(server.seal(23, plaintext, 20, record)).isTrue();
        assertThat(server.seal(23, plaintext, 20, record)).isFalse();
    }

    @Test
    void theWindowTakesEachOfTheLatest64Once() {
        ReplayWindow window = new ReplayWindow();
        window.seen(100);

        assertThat(window.mayBeNew(100)).isFalse();
        assertThat(window.mayBeNew(101)).isTrue();
        assertThat(window.mayBeNew(100 - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.mayBeNew(100 - ReplayWindow.SIZE)).isFalse();
        window.seen(37);
        assertThat(window.mayBeNew(37)).isFalse();
        window.seen(1000);
        assertThat(window.mayBeNew(999)).isTrue();
        assertThat(window.mayBeNew(100)).isFalse();
    }

    private int open(Association association, byte[] record) {
        return association.open(buffer(record), 0, scratch, plaintext);
    }

    private static RecordProtection.Suite suite() {
        return RecordProtection.Suite.AES_128_GCM;
    }

    private static Association server(RecordProtection.Suite suite) throws Exception {
        return new Association(ALICE, new byte[32], protection(suite), 1, List.of());
    }

    private static RecordProtection protection(RecordProtection.Suite suite) throws Exception {
        return new RecordProtection(suite, keyBlock(suite));
    }

    private static byte[] keyBlock(RecordProtection.Suite suite) {
        byte[] keys = new byte[suite.keyBlockBytes()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (byte) i;
        }
        return keys;
    }

    /** As the client seals: the same protection with both directions changed over. */
    private static byte[] sealed(RecordProtection.Suite suite, long sequence, int type, byte[] message)
            throws Exception {
        byte[] keys = keyBlock(suite);
        byte[] swapped = new byte[keys.length];
        int key = suite.explicitNonceBytes() > 0 ? keys.length / 2 - 4 : 32;
        int nonce = keys.length / 2 - key;
        System.arraycopy(keys, 0, swapped, key, key);
        System.arraycopy(keys, key, swapped, 0, key);
        System.arraycopy(keys, 2 * key, swapped, 2 * key + nonce, nonce);
        System.arraycopy(keys, 2 * key + nonce, swapped, 2 * key, nonce);
        RecordProtection client = new RecordProtection(suite, swapped);
        byte[] fragment = new byte[message.length + client.overheadBytes()];
        client.seal(EPOCH_1 | sequence, type, message, 0, message.length, fragment, 0);
        return record(type, 1, sequence, fragment);
    }
}
