package dev.parley.ice.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by address range; the longest prefix that contains an address wins. Immutable, so any thread may ask; a
 * look-up allocates nothing, because it happens for every relayed packet.
 *
 * <p>Ranges with prefixes either nest or are disjoint. They lie sorted by first address, outer before inner, and each
 * knows the range around it. The longest match is then the last range that starts at or before the address, or one of
 * those around it.
 */
final class CidrMap<V> {
    private final Table<V> ipv4;
    private final Table<V> ipv6;

    CidrMap(Map<Cidr, V> valuesByRange) {
        ipv4 = new Table<>(valuesByRange, AddressFamily.IPV4);
        ipv6 = new Table<>(valuesByRange, AddressFamily.IPV6);
    }

    /** The value of the longest prefix that contains the address, or null. */
    @Nullable
    V find(IpAddress address) {
        Table<V> table = address.family() == AddressFamily.IPV4 ? ipv4 : ipv6;
        return table.find(address.high(), address.low());
    }

    /** The ranges of one family, in parallel arrays to keep a look-up within few cache lines. */
    private static final class Table<V> {
        private static final int NONE = -1;

        private final long[] highs;
        private final long[] lows;
        private final long[] highMasks;
        private final long[] lowMasks;
        private final int[] parents;
        private final List<V> values = new ArrayList<>();

        Table(Map<Cidr, V> valuesByRange, AddressFamily family) {
            List<Cidr> ranges = valuesByRange.keySet().stream()
                    .filter(range -> range.network().family() == family)
                    .sorted(Comparator.comparing(Cidr::network).thenComparingInt(Cidr::prefixLength))
                    .toList();
            int size = ranges.size();
            highs = new long[size];
            lows = new long[size];
            highMasks = new long[size];
            lowMasks = new long[size];
            parents = new int[size];
            for (int index = 0; index < size; index++) {
                Cidr range = ranges.get(index);
                parents[index] = enclosing(
                        index - 1, range.network().high(), range.network().low());
                highs[index] = range.network().high();
                lows[index] = range.network().low();
                highMasks[index] = range.highMask();
                lowMasks[index] = range.lowMask();
                values.add(valuesByRange.get(range));
            }
        }

        @Nullable
        V find(long high, long low) {
            int index = enclosing(lastStartingAtOrBefore(high, low), high, low);
            return index == NONE ? null : values.get(index);
        }

        private int enclosing(int from, long high, long low) {
            int index = from;
            while (index != NONE && !contains(index, high, low)) {
                index = parents[index];
            }
            return index;
        }

        private boolean contains(int index, long high, long low) {
            return (high & highMasks[index]) == highs[index] && (low & lowMasks[index]) == lows[index];
        }

        private int lastStartingAtOrBefore(long high, long low) {
            int from = 0;
            int to = highs.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                int byHigh = Long.compareUnsigned(highs[middle], high);
                boolean atOrBefore = byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(lows[middle], low) <= 0);
                if (atOrBefore) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from - 1;
        }
    }
}
