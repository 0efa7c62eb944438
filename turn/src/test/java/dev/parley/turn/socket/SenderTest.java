package dev.parley.turn.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {
    private static final TransportAddress ALICE = TransportAddress.parse("192.0.2.1:1000");
    private static final TransportAddress BOB = TransportAddress.parse("192.0.2.2:2000");
    private static final TransportAddress CAROL = TransportAddress.parse("[2001:db8::3]:3000");
    private static final int EPERM = -1;
    private static final int ECONNREFUSED = -111;

    private final FakeCalls kernel = new FakeCalls();
    private final Drops drops = new Drops();
    private final LoopMemory memory = new LoopMemory(kernel, new FlushQueue());
    private final Sender sender = new Sender(7, AddressFamily.IPV4, true, true, drops, memory);

    @AfterEach
    void giveBack() {
        sender.discard();
        memory.receiveBatch().release();
    }

    @Test
    void equalLengthsToOneDestinationBecomeOneSend() {
        add(100, ALICE, 3);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100/300");
    }

    @Test
    void theLastOfARunMayBeShorterAndEndsIt() {
        add(100, ALICE, 2);
        add(40, ALICE, 1);
        add(40, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100/240", "192.0.2.1:1000 40");
    }

    @Test
    void aLongerOneStartsAnotherRun() {
        add(40, ALICE, 2);
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 40/80", "192.0.2.1:1000 100");
    }

    @Test
    void anotherDestinationStartsAnotherRunAndAllLeaveInOneCall() {
        add(100, ALICE, 1);
        add(100, BOB, 2);
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken())
                .containsExactly("192.0.2.1:1000 100", "192.0.2.2:2000 100/200", "192.0.2.1:1000 100");
        assertThat(kernel.sends()).isEqualTo(1);
    }

    @Test
    void aSendHasAtMost64Segments() {
        add(20, ALICE, 65);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 20/1280", "192.0.2.1:1000 20");
    }

    @Test
    void aSendHasAtMostWhatAnIpPacketHolds() {
        add(1400, ALICE, 50);
        sender.flush();

        // 46 x 1400 is the last multiple below 65,507.
        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 1400/64400", "192.0.2.1:1000 1400/5600");
    }

    @Test
    void moreRunsThanOneCallTakesLeaveInSeveral() {
        for (int i = 0; i < 65; i++) {
            add(100, ALICE.withPort(i + 1), 1);
        }
        sender.flush();

        assertThat(kernel.taken()).hasSize(65);
        assertThat(kernel.sends()).isEqualTo(2);
    }

    @Test
    void thePrefixStandsBeforeEachPayload() {
        sender.add(Unpooled.copiedBuffer(new byte[] {1, 2}), 0x4000_0002, ALICE, HeaderFields.DEFAULT);
        sender.add(Unpooled.copiedBuffer(new byte[] {3}), 0x4001_0001, ALICE, HeaderFields.DEFAULT);
        sender.add(Unpooled.EMPTY_BUFFER, 0x4000_0000, ALICE, HeaderFields.DEFAULT);
        sender.flush();

        assertThat(kernel.taken())
                .containsExactly("192.0.2.1:1000 6/0x4000000201024001000103", "192.0.2.1:1000 0x40000000");
    }

    @Test
    void anEmptyDatagramIsAMessageOfItsOwn() {
        add(100, ALICE, 2);
        add(0, ALICE, 2);
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken())
                .containsExactly(
                        "192.0.2.1:1000 100/200", "192.0.2.1:1000 0x", "192.0.2.1:1000 0x", "192.0.2.1:1000 100");
    }

    @Test
    void headerFieldsAreControlMessagesOfTheirFamilyAndPartRuns() {
        int marked = HeaderFields.of(41, 0xB8);
        add(100, ALICE, 1, marked);
        add(100, ALICE, 2, HeaderFields.DEFAULT);
        add(100, ALICE, 2, marked);
        add(100, CAROL, 1, marked);
        sender.flush();

        assertThat(kernel.taken())
                .containsExactly(
                        "192.0.2.1:1000 100 0.2=41 0.1=184",
                        "192.0.2.1:1000 100/200",
                        "192.0.2.1:1000 100/200 0.2=41 0.1=184",
                        "[2001:db8::3]:3000 100 41.52=41 41.67=184");
    }

    @Test
    void dontFragmentIsSetAroundTheDatagramsThatWishIt() {
        add(100, ALICE, 1);
        add(100, ALICE, 2, HeaderFields.withDontFragment(HeaderFields.DEFAULT));
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken())
                .containsExactly("192.0.2.1:1000 100", "192.0.2.1:1000 100/200", "192.0.2.1:1000 100");
        assertThat(kernel.optionsSet()).containsExactly("0/10=3", "0/10=5");
    }

    @Test
    void aDeviceWithoutOffloadLosesNothingAndIsSparedFromThenOn() {
        kernel.refuseSegmented(Linux.EIO);
        add(100, ALICE, 2);
        add(30, ALICE, 1);
        sender.flush();
        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100", "192.0.2.1:1000 100", "192.0.2.1:1000 30");

        int sendsBefore = kernel.sends();
        add(50, BOB, 2);
        sender.flush();
        assertThat(kernel.taken()).containsExactly("192.0.2.2:2000 50", "192.0.2.2:2000 50");
        assertThat(kernel.sends()).isEqualTo(sendsBefore + 1);
        assertThat(drops.refused).isZero();
    }

    @Test
    void aSegmentTooLongForOneWaySparesOnlyThatDestination() {
        kernel.refuseSegmented(Linux.EINVAL);
        add(100, ALICE, 2);
        sender.flush();
        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100", "192.0.2.1:1000 100");
        kernel.refuseSegmented(0);

        add(100, ALICE, 2);
        add(99, ALICE, 2);
        add(100, BOB, 2);
        sender.flush();
        assertThat(kernel.taken())
                .containsExactly(
                        "192.0.2.1:1000 100", "192.0.2.1:1000 100", "192.0.2.1:1000 99/198", "192.0.2.2:2000 100/200");
    }

    @Test
    void aDatagramTheKernelForbidsIsCountedAndTheNextLeaves() {
        kernel.answerNext(EPERM);
        add(100, ALICE, 3);
        add(100, BOB, 1);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.2:2000 100");
        assertThat(drops.refused).isEqualTo(3);
    }

    @Test
    void anOlderIcmpErrorDoesNotCostTheDatagramThatMeetsIt() {
        kernel.errorsWait(1);
        kernel.answerNext(ECONNREFUSED);
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100");
        assertThat(drops.refused).isZero();
    }

    @Test
    void anErrorThatStaysIsTriedOnceMoreAndNotForever() {
        kernel.errorsWait(2);
        kernel.answerNext(ECONNREFUSED, ECONNREFUSED);
        add(100, ALICE, 1);
        sender.flush();

        assertThat(kernel.taken()).isEmpty();
        assertThat(drops.refused).isEqualTo(1);
    }

    @Test
    void whatAFullSocketDoesNotTakeWaitsUntilItDoes() {
        kernel.answerNext(1, Linux.EAGAIN);
        add(100, ALICE, 1);
        add(100, BOB, 1);
        sender.flush();
        assertThat(sender.isBlocked()).isTrue();
        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100");

        sender.unblock();
        sender.flush();
        assertThat(sender.isBlocked()).isFalse();
        assertThat(kernel.taken()).containsExactly("192.0.2.2:2000 100");
    }

    @Test
    void aFullQueueDropsTheDatagramAfterItsLastByte() {
        kernel.answerNext(Linux.EAGAIN);
        add(1024, ALICE, 1);
        sender.flush();
        add(1024, ALICE, SendQueue.BYTES_MAX / 1024 - 1);
        assertThat(drops.full).isZero();

        add(1, ALICE, 1);
        assertThat(drops.full).isEqualTo(1);
    }

    @Test
    void aFullQueueDropsTheDatagramAfterItsLastPlace() {
        kernel.answerNext(Linux.EAGAIN);
        add(1, ALICE, 1);
        sender.flush();
        add(1, ALICE, SendQueue.DATAGRAMS_MAX - 1);
        assertThat(drops.full).isZero();

        add(1, ALICE, 1);
        assertThat(drops.full).isEqualTo(1);
    }

    @Test
    void aQueueThatFillsWithinATurnIsSentAtOnceAndNothingIsLost() {
        add(1, ALICE, SendQueue.DATAGRAMS_MAX + 1);
        assertThat(kernel.taken()).hasSize(SendQueue.DATAGRAMS_MAX / 64);
        sender.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 0x00");
        assertThat(drops.full).isZero();
    }

    @Test
    void withoutKernelSupportEveryDatagramIsItsOwnMessage() {
        var plain = new Sender(7, AddressFamily.IPV4, false, true, drops, memory);
        plain.add(payload(100), UdpSocket.NO_PREFIX, ALICE, HeaderFields.DEFAULT);
        plain.add(payload(100), UdpSocket.NO_PREFIX, ALICE, HeaderFields.DEFAULT);
        plain.flush();

        assertThat(kernel.taken()).containsExactly("192.0.2.1:1000 100", "192.0.2.1:1000 100");
    }

    @Test
    void discardedDatagramsAreReleased() {
        ByteBuf payload = payload(100);
        sender.add(payload, UdpSocket.NO_PREFIX, ALICE, HeaderFields.DEFAULT);
        sender.discard();

        assertThat(payload.refCnt()).isZero();
        sender.flush();
        assertThat(kernel.taken()).isEmpty();
    }

    private void add(int bytes, TransportAddress to, int times) {
        add(bytes, to, times, HeaderFields.DEFAULT);
    }

    private void add(int bytes, TransportAddress to, int times, int fields) {
        for (int i = 0; i < times; i++) {
            sender.add(payload(bytes), UdpSocket.NO_PREFIX, to, fields);
        }
    }

    private static ByteBuf payload(int bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bytes)).writeZero(bytes);
    }

    private static final class Drops implements DatagramReceiver {
        private int refused;
        private int full;

        @Override
        public void received(ByteBuf payload, Arrival arrival) {
            payload.release();
        }

        @Override
        public void readComplete() {}

        @Override
        public void icmpError(IcmpError error) {}

        @Override
        public void dropped(SocketDrop reason, int datagrams) {
            switch (reason) {
                case REFUSED -> refused += datagrams;
                case QUEUE_FULL -> full += datagrams;
                case TRUNCATED -> throw new AssertionError("nothing is received here");
            }
        }

        @Override
        public void failed(RuntimeException bug) {
            throw bug;
        }

        @Override
        public void lost() {
            throw new AssertionError("nobody closed it");
        }
    }
}
