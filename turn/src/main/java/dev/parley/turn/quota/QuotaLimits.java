package dev.parley.turn.quota;

/**
 * How many allocations may live at once.
 *
 * @param perUser of one name; at least 1
 * @param perAddress from one IPv4 address or IPv6 /64; at least 1
 * @param total in this process; at least 1
 */
public record QuotaLimits(int perUser, int perAddress, int total) {
    public QuotaLimits {
        if (perUser < 1 || perAddress < 1 || total < 1) {
            throw new IllegalArgumentException("a quota below 1 admits nobody");
        }
    }
}
