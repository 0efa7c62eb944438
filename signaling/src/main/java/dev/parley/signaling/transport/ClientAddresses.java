package dev.parley.signaling.transport;

import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.IpAddress;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a request really comes from when known proxies stand between. Each of them adds whom it was asked by at
 * the end of a header; what is before that anybody may have written. So the header is read from its end, as long as
 * the one who wrote is a known proxy. Immutable; any thread.
 */
public final class ClientAddresses {
    /** Nobody is believed: whoever is connected is the client. */
    public static final ClientAddresses DIRECT = new ClientAddresses(CidrSet.empty(), Header.X_FORWARDED_FOR);

    /** No chain of proxies is longer; what is before is not looked at. */
    static final int MAX_HOPS = 16;

    private static final int MAX_ADDRESS_LENGTH = 64;
    private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)](?::\\w+)?|([^:]+):\\w+");

    /** RFC 7239 section 4; a quoted string holds no comma or semicolon that means something where it is an address. */
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s\"]*))");

    private final CidrSet proxies;
    private final Header header;

    /** Which header the proxies write; the other one is never read, since they let it through as it came. */
    public enum Header {
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String field;

        Header(String field) {
            this.field = field;
        }
    }

    private ClientAddresses(CidrSet proxies, Header header) {
        this.proxies = proxies;
        this.header = header;
    }

    /** What these proxies write into this header is believed. */
    public static ClientAddresses behind(CidrSet proxies, Header header) {
        return new ClientAddresses(proxies, header);
    }

    boolean isProxy(IpAddress address) {
        return proxies.contains(address);
    }

    /** The first address from the end that is no known proxy's, or the last that can be known. */
    IpAddress clientOf(IpAddress connected, HttpHeaders headers) {
        IpAddress client = connected;
        if (!isProxy(connected)) {
            return connected;
        }
        List<String> hops = hops(headers);
        for (int back = 1; back <= Math.min(hops.size(), MAX_HOPS); back++) {
            IpAddress hop = find(hops.get(hops.size() - back));
            if (hop == null) {
                return client;
            }
            client = hop;
            if (!isProxy(hop)) {
                return client;
            }
        }
        return client;
    }

    private List<String> hops(HttpHeaders headers) {
        List<String> hops = new ArrayList<>();
        for (String line : headers.getAll(header.field)) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        return hops;
    }

    private @Nullable IpAddress find(String hop) {
        return switch (header) {
            case X_FORWARDED_FOR -> address(hop.strip());
            case FORWARDED -> {
                Matcher matcher = FOR.matcher(hop.strip());
                if (!matcher.find()) {
                    yield null;
                }
                String quoted = matcher.group(1);
                yield address(quoted == null ? matcher.group(2) : quoted);
            }
        };
    }

    /** Also with a port behind it; null for everything else, such as {@code unknown}. */
    private static @Nullable IpAddress address(String text) {
        if (text.length() > MAX_ADDRESS_LENGTH) {
            return null;
        }
        Matcher matcher = WITH_PORT.matcher(text);
        String bare = text;
        if (matcher.matches()) {
            bare = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        }
        try {
            return IpAddress.parse(bare);
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
