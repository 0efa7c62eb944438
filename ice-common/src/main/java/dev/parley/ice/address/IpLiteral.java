package dev.parley.ice.address;

import org.jspecify.annotations.Nullable;

/** Reads and writes IP address literals (RFC 4291 section 2.2, RFC 5952) without ever asking a resolver. */
final class IpLiteral {
    private static final int GROUPS = 8;

    private IpLiteral() {}

    static IpAddress parse(String text) {
        IpAddress address = text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
        if (address == null) {
            throw new IllegalArgumentException("not an IP address: '" + text + "'");
        }
        return address;
    }

    /** Exactly four decimal octets; the octal and short forms of old resolvers are refused. */
    private static @Nullable IpAddress parseIpv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return null;
        }
        int bits = 0;
        for (String octet : octets) {
            int value = parseDigits(octet, 10, 3);
            if (value < 0 || value > 255 || (octet.length() > 1 && octet.charAt(0) == '0')) {
                return null;
            }
            bits = (bits << 8) | value;
        }
        return IpAddress.ofIpv4(bits);
    }

    private static @Nullable IpAddress parseIpv6(String text) {
        String plain = withoutDottedTail(text);
        if (plain == null) {
            return null;
        }
        int gap = plain.indexOf("::");
        if (gap < 0) {
            String[] groups = plain.split(":", -1);
            return groups.length == GROUPS ? join(groups, new String[0]) : null;
        }
        String[] before = splitGroups(plain.substring(0, gap));
        String[] after = splitGroups(plain.substring(gap + 2));
        return before.length + after.length < GROUPS ? join(before, after) : null;
    }

    /** Rewrites the tail of {@code ::ffff:1.2.3.4} as two groups; null if the tail is no IPv4 address. */
    private static @Nullable String withoutDottedTail(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int cut = text.lastIndexOf(':') + 1;
        IpAddress tail = parseIpv4(text.substring(cut));
        if (tail == null) {
            return null;
        }
        return text.substring(0, cut)
                + Long.toHexString(tail.low() >>> 16)
                + ':'
                + Long.toHexString(tail.low() & 0xFFFF);
    }

    private static String[] splitGroups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static @Nullable IpAddress join(String[] before, String[] after) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < before.length; i++) {
            groups[i] = parseDigits(before[i], 16, 4);
        }
        for (int i = 0; i < after.length; i++) {
            groups[GROUPS - after.length + i] = parseDigits(after[i], 16, 4);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            if (groups[i] < 0) {
                return null;
            }
            if (i < 4) {
                high = (high << 16) | groups[i];
            } else {
                low = (low << 16) | groups[i];
            }
        }
        return IpAddress.ofIpv6(high, low);
    }

    /** The value of 1 to {@code maxDigits} ASCII digits, or -1. */
    private static int parseDigits(String text, int radix, int maxDigits) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    static String formatIpv6(long high, long low) {
        int gapStart = -1;
        int gapLength = 1; // a single zero group is not shortened (RFC 5952 section 4.2.2)
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - start > gapLength) {
                gapStart = start;
                gapLength = end - start;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Long.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    private static long group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (half >>> ((3 - (index & 3)) * 16)) & 0xFFFF;
    }
}
