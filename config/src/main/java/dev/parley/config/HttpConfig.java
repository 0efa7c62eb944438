package dev.parley.config;

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
        List<String> allowedOrigins) {
    public HttpConfig {
        listen = List.copyOf(listen);
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
