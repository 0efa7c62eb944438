package dev.parley.turn.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.turn.core.BandwidthShare;
import dev.parley.turn.core.DropReason;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 15 of the abuse table: what is over the cap is dropped within one bucket, what is below never waits. */
class SharedBandwidthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PACKET = 1000;
    private static final int LARGEST = 65_535;

    private long nowNanos;

    @Test
    void row15AtFourFifthsOfTheCapNothingIsDropped() {
        BandwidthShare share = new SharedBandwidth(new BandwidthLimits(1_000_000, 1_000_000, 1_000_000)).open("ann");
        // 800 packets a second for a minute, in bursts of 16 as a batching sender makes them.
        for (int burst = 0; burst < 50 * 60; burst++) {
            nowNanos = burst * SECOND / 50;
            for (int i = 0; i < 16; i++) {
                assertThat(share.tryTake(PACKET, nowNanos)).isNull();
            }
        }
        System.out.println("row 15: 48000 packets in bursts at four fifths of the cap, 0 dropped");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 125_000, 10_000_000_000L})
    void row15WhatPassesInAMinuteIsTheCapAndOneBucket(long cap) {
        BandwidthShare share = new SharedBandwidth(new BandwidthLimits(cap, 0, 0)).open("ann");
        long bucket = Math.max(cap, LARGEST);
        int packet = (int) Math.min(LARGEST, Math.max(1, cap / 500));
        long passed = 0;
        long offered = 0;
        for (int tick = 0; tick < 6000; tick++) {
            nowNanos = tick * SECOND / 100;
            for (long sent = 0; sent < cap / 50 + 1 && sent < 4_000_000; sent += packet) {
                offered += packet;
                passed += share.tryTake(packet, nowNanos) == null ? packet : 0;
            }
        }
        System.out.printf("row 15: cap %d B/s, offered %d, passed %d, bucket %d%n", cap, offered, passed, bucket);
        assertThat(passed).isLessThanOrEqualTo(60 * cap + bucket);
    }

    @Test
    void row15AStreamIsToldHowLongToReadNoMoreAndEachPartOfTheLimitCounts() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(100_000, 200_000, 0));
        BandwidthShare one = bandwidth.open("ann");
        BandwidthShare two = bandwidth.open("ann");
        assertThat(one.charge(100_000, nowNanos)).isZero();
        assertThat(one.charge(10_000, nowNanos)).isEqualTo(SECOND / 10);
        assertThat(one.charge(0, nowNanos)).isEqualTo(SECOND / 10);
        assertThat(one.tryTake(1, nowNanos)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);
        assertThat(two.charge(100_000, nowNanos)).isEqualTo(SECOND / 20);

        nowNanos = SECOND / 10;
        assertThat(one.charge(0, nowNanos)).isZero();
        assertThat(two.charge(0, nowNanos)).isZero();
    }

    @Test
    void theDebtOfALimitThatIsNoMoreDoesNotLast() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(1, 0, 0));
        BandwidthShare share = bandwidth.open("ann");
        assertThat(share.charge(10_000_000, nowNanos)).isGreaterThan(9_900_000 * SECOND);
        bandwidth.changeLimits(new BandwidthLimits(16 << 20, 0, 0));
        assertThat(share.charge(0, nowNanos)).isEqualTo(SECOND);
        bandwidth.changeLimits(BandwidthLimits.NONE);
        assertThat(share.charge(1000, nowNanos)).isZero();
    }

    @Test
    void row15TheFirstPacketOverTheBucketIsDroppedAndOneFitsAgainInTime() {
        BandwidthShare share = new SharedBandwidth(new BandwidthLimits(100_000, 0, 0)).open("ann");
        for (int i = 0; i < 100; i++) {
            assertThat(share.tryTake(PACKET, nowNanos)).as("packet %d", i).isNull();
        }
        assertThat(share.tryTake(1, nowNanos)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);

        nowNanos = SECOND / 100 - 1;
        assertThat(share.tryTake(PACKET, nowNanos)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);
        nowNanos = SECOND / 100;
        assertThat(share.tryTake(PACKET, nowNanos)).isNull();
        System.out.println("row 15: dropped from the first packet over one bucket on");
    }

    @Test
    void theLargestDatagramPassesUnderTheSmallestCap() {
        BandwidthShare share = new SharedBandwidth(new BandwidthLimits(1, 1, 1)).open("ann");
        assertThat(share.tryTake(LARGEST, 0)).isNull();
        assertThat(share.tryTake(1, 0)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);
    }

    @Test
    void allocationsOfOneUserShareItsBucketAndAllUsersTheTotal() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(0, 100_000, 150_000));
        BandwidthShare first = bandwidth.open("ann");
        BandwidthShare second = bandwidth.open("ann");
        BandwidthShare other = bandwidth.open("bob");
        assertThat(first.tryTake(60_000, 0)).isNull();
        assertThat(second.tryTake(40_000, 0)).isNull();
        assertThat(second.tryTake(1, 0)).isEqualTo(DropReason.USER_BANDWIDTH);
        assertThat(other.tryTake(50_000, 0)).isNull();
        assertThat(other.tryTake(1, 0)).isEqualTo(DropReason.TOTAL_BANDWIDTH);
    }

    @Test
    void whatAWiderLimitRefusesIsGivenBackToTheNarrowerOnes() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(100_000, 100_000, 100_000));
        BandwidthShare ann = bandwidth.open("ann");
        BandwidthShare bob = bandwidth.open("bob");
        assertThat(ann.tryTake(65_000, 0)).isNull();
        for (int i = 0; i < 1000; i++) {
            assertThat(bob.tryTake(40_000, 0)).isEqualTo(DropReason.TOTAL_BANDWIDTH);
        }
        assertThat(bob.tryTake(35_000, 0)).isNull();
    }

    @Test
    void aNewAllocationBringsNoNewBurstForItsUser() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(0, 100_000, 0));
        for (int i = 0; i < 100; i++) {
            BandwidthShare share = bandwidth.open("ann");
            assertThat(share.tryTake(50_000, 0) == null).isEqualTo(i < 2);
            share.close();
        }
        assertThat(bandwidth.users()).isZero();
        assertThat(bandwidth.open("ann").tryTake(50_000, SECOND)).isNull();
    }

    @Test
    void changedLimitsHoldFromTheNextPacketOn() {
        SharedBandwidth bandwidth = new SharedBandwidth(BandwidthLimits.NONE);
        BandwidthShare share = bandwidth.open("ann");
        for (int i = 0; i < 1000; i++) {
            assertThat(share.tryTake(LARGEST, 0)).isNull();
        }
        bandwidth.changeLimits(new BandwidthLimits(1, 0, 0));
        assertThat(share.tryTake(LARGEST, 0)).isNull();
        assertThat(share.tryTake(LARGEST, SECOND)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);

        // The debt of a slow rate is worth at most a bucket of the fast one.
        bandwidth.changeLimits(new BandwidthLimits(100_000, 0, 0));
        assertThat(share.tryTake(1000, SECOND)).isEqualTo(DropReason.ALLOCATION_BANDWIDTH);
        assertThat(share.tryTake(1000, 2 * SECOND)).isNull();
        bandwidth.changeLimits(BandwidthLimits.NONE);
        assertThat(share.tryTake(LARGEST, 2 * SECOND)).isNull();
    }

    @Test
    void manyThreadsTogetherPassNoMoreThanTheTotal() {
        SharedBandwidth bandwidth = new SharedBandwidth(new BandwidthLimits(0, 0, 1_000_000));
        long passed = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> bandwidth.open("user" + i))
                .mapToLong(share -> IntStream.range(0, 1000)
                        .filter(i -> share.tryTake(PACKET, 0) == null)
                        .count())
                .sum();
        assertThat(passed).isEqualTo(1000);
    }

    @Test
    void takingMakesNoObject() {
        BandwidthShare share = new SharedBandwidth(new BandwidthLimits(1_000_000, 1_000_000, 1_000_000)).open("ann");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200_000; i++) {
            share.tryTake(PACKET, i * 100L);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000);
    }
}
