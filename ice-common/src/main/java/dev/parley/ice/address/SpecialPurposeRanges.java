package dev.parley.ice.address;

import java.util.List;

/**
 * The ranges no relay should reach unless its operator says so: the special-purpose registries of RFC 6890 and what
 * experience adds to them. Each with its source, so that a refusal can be explained.
 *
 * <p>Cloud metadata services are listed apart from the ranges they live in: an operator who allows the wider range has
 * not asked for them.
 */
public final class SpecialPurposeRanges {
    private static final List<SpecialPurposeRange> IPV4 = List.of(
            range("0.0.0.0/8", "this network; reaches loopback on Linux", "RFC 791 section 3.2"),
            range("10.0.0.0/8", "private use", "RFC 1918"),
            range("100.64.0.0/10", "shared by carrier NATs", "RFC 6598"),
            range("100.100.100.200/32", "cloud metadata", "Alibaba Cloud"),
            range("127.0.0.0/8", "loopback", "RFC 1122 section 3.2.1.3"),
            range("168.63.129.16/32", "cloud platform service", "Azure"),
            range("169.254.0.0/16", "link-local", "RFC 3927"),
            range("169.254.169.254/32", "cloud metadata", "AWS, Azure, Google Cloud and others"),
            range("169.254.170.2/32", "cloud metadata of containers", "AWS ECS"),
            range("169.254.170.23/32", "cloud metadata of containers", "AWS EKS"),
            range("172.16.0.0/12", "private use", "RFC 1918"),
            range("192.0.0.0/24", "protocol assignments", "RFC 6890"),
            range("192.0.0.192/32", "cloud metadata", "Oracle Cloud"),
            range("192.0.2.0/24", "documentation", "RFC 5737"),
            range("192.31.196.0/24", "AS112", "RFC 7535"),
            range("192.52.193.0/24", "multicast tunnels", "RFC 7450"),
            range("192.88.99.0/24", "6to4 anycast", "RFC 7526"),
            range("192.168.0.0/16", "private use", "RFC 1918"),
            range("192.175.48.0/24", "AS112", "RFC 7534"),
            range("198.18.0.0/15", "benchmarking", "RFC 2544"),
            range("198.51.100.0/24", "documentation", "RFC 5737"),
            range("203.0.113.0/24", "documentation", "RFC 5737"),
            range("224.0.0.0/4", "multicast", "RFC 5771"),
            range("240.0.0.0/4", "reserved", "RFC 1112 section 4"),
            range("255.255.255.255/32", "limited broadcast", "RFC 919"));

    private static final List<SpecialPurposeRange> IPV6 = List.of(
            range("::/128", "unspecified", "RFC 4291 section 2.5.2"),
            range("::1/128", "loopback", "RFC 4291 section 2.5.3"),
            range("::/96", "IPv4-compatible", "RFC 4291 section 2.5.5.1"),
            range("::ffff:0:0/96", "IPv4-mapped", "RFC 4291 section 2.5.5.2"),
            range("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765 section 2.1"),
            range("64:ff9b::/96", "NAT64", "RFC 6052 section 2.1"),
            range("64:ff9b:1::/48", "NAT64, local use", "RFC 8215"),
            range("100::/64", "discard only", "RFC 6666"),
            range("100:0:0:1::/64", "dummy", "RFC 9780"),
            range("200::/7", "deprecated NSAP mapping", "RFC 4048"),
            range("2001::/23", "protocol assignments", "RFC 2928"),
            range("2001::/32", "Teredo", "RFC 4380 section 2.6"),
            range("2001:db8::/32", "documentation", "RFC 3849"),
            range("2002::/16", "6to4", "RFC 3056 section 2"),
            range("2620:4f:8000::/48", "AS112", "RFC 7534"),
            range("3ffe::/16", "former 6bone", "RFC 3701"),
            range("3fff::/20", "documentation", "RFC 9637"),
            range("5f00::/16", "segment routing", "RFC 9602"),
            range("fc00::/7", "unique local", "RFC 4193"),
            range("fd00:ec2::23/128", "cloud metadata of containers", "AWS EKS"),
            range("fd00:ec2::253/128", "cloud name service", "AWS"),
            range("fd00:ec2::254/128", "cloud metadata", "AWS"),
            range("fd20:ce::254/128", "cloud metadata", "Google Cloud"),
            range("fe80::/10", "link-local", "RFC 4291 section 2.5.6"),
            range("fec0::/10", "former site-local", "RFC 3879"),
            range("ff00::/8", "multicast", "RFC 4291 section 2.7"));

    private SpecialPurposeRanges() {}

    public static List<SpecialPurposeRange> ipv4() {
        return IPV4;
    }

    public static List<SpecialPurposeRange> ipv6() {
        return IPV6;
    }

    private static SpecialPurposeRange range(String range, String purpose, String source) {
        return new SpecialPurposeRange(Cidr.parse(range), purpose, source);
    }
}
