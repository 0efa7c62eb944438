package dev.parley.config;

import dev.parley.ice.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A public address that a one-to-one NAT translates to this host, written {@code 203.0.113.5}, or {@code
 * 203.0.113.5/10.0.0.5} where the host has several addresses.
 *
 * @param external what the world sends to
 * @param internal which local address it stands for; null for every relay address of its family without an entry
 */
public record ExternalAddress(IpAddress external, @Nullable IpAddress internal) {
    public ExternalAddress {
        if (internal != null && internal.family() != external.family()) {
            throw new IllegalArgumentException(external + "/" + internal + " mixes IPv4 and IPv6");
        }
    }

    /**
     * Reads one of the two forms.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static ExternalAddress parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new ExternalAddress(IpAddress.parse(text), null)
                : new ExternalAddress(
                        IpAddress.parse(text.substring(0, slash)), IpAddress.parse(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return internal == null ? external.toString() : external + "/" + internal;
    }
}
