package dev.parley.turn.core;

import dev.parley.ice.stun.ChannelNumbers;
import dev.parley.turn.quota.BandwidthLimits;
import dev.parley.turn.quota.QuotaLimits;

/**
 * How big a simulated world is.
 *
 * @param clients addresses that allocate
 * @param users names they belong to
 * @param ports relay ports of each family, of all event loops together
 * @param bandwidth so little that every limit is met
 * @param stepsPerMinute how much happens while a minute of their time goes by, about
 * @param fullCheckEvery events between two checks that walk over everything; counts are compared after each
 */
record SimScale(
        int clients,
        int users,
        int ports,
        TurnLimits limits,
        QuotaLimits quotas,
        BandwidthLimits bandwidth,
        int stepsPerMinute,
        int fullCheckEvery) {
    private static final TurnLimits TIGHT = new TurnLimits(
            Lifetimes.ALLOCATION_MAX, TurnLimits.DEFAULT.maxExpiredAge(), 6, 4, 8, 20, 10, 3, ChannelNumbers.RFC_8656);

    /** Everything is scarce, so that every limit is met. */
    static final SimScale VILLAGE =
            new SimScale(8, 3, 12, TIGHT, new QuotaLimits(5, 9, 12), new BandwidthLimits(500, 800, 2000), 100, 1);

    /** Thousands of clients. */
    static final SimScale CITY = new SimScale(
            3000, 400, 2048, TIGHT, new QuotaLimits(9, 4000, 3500), new BandwidthLimits(500, 800, 20_000), 3000, 97);
}
