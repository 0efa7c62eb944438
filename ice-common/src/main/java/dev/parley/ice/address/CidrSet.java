package dev.parley.ice.address;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A set of address ranges. Immutable, so any thread may ask; a look-up allocates nothing. */
public final class CidrSet {
    private static final CidrSet EMPTY = new CidrSet(Map.of());

    private final CidrMap<Cidr> ranges;

    private CidrSet(Map<Cidr, Cidr> ranges) {
        this.ranges = new CidrMap<>(ranges);
    }

    public static CidrSet of(Collection<Cidr> ranges) {
        Map<Cidr, Cidr> byItself = new LinkedHashMap<>();
        ranges.forEach(range -> byItself.put(range, range));
        return new CidrSet(byItself);
    }

    public static CidrSet empty() {
        return EMPTY;
    }

    public boolean contains(IpAddress address) {
        return ranges.find(address) != null;
    }

    /** The range with the longest prefix that contains the address, or null. */
    public @Nullable Cidr findLongest(IpAddress address) {
        return ranges.find(address);
    }
}
