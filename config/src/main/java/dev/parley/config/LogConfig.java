package dev.parley.config;

/** The log, which goes to standard error. */
public record LogConfig(
        @Setting("Form of the log on standard error.") LogFormat format,

        @Setting(value = "Least severity that is logged.", reloadable = true)
        LogLevel level,

        @Setting("Whether addresses of clients and peers are logged whole, or only their IPv4 /24 or IPv6 /48.")
        boolean wholeAddresses) {}
