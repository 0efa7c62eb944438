package dev.parley.config;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import java.util.List;

/** The public HTTP and WebSocket listener. */
public record HttpConfig(
        @Setting(value = "TCP port of the pages and the WebSocket.", atLeast = "1", atMost = "65535")
        int port,

        @Setting(value = "Local addresses to listen on.", whenUnset = "all addresses of this host")
        List<IpAddress> listen,

        @Setting(
                value = "Web origins whose pages may open the WebSocket, each as scheme://host or scheme://host:port.",
                whenUnset = "only pages that this server itself serves")
        List<String> allowedOrigins,

        @Setting(
                value = "Addresses of proxies before this server. Only what they say of where a request comes from is"
                        + " believed; it then counts for limits, bans and what room members may be relayed to.",
                whenUnset = "none: whoever is connected is the client")
        List<Cidr> trustedProxies,

        @Setting("The header that these proxies write; each adds at its end by whom it was asked. The other one is"
                + " ignored, because they pass it on as it came.")
        ForwardedHeader forwardedHeader) {
    public HttpConfig {
        listen = List.copyOf(listen);
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
