package dev.parley.config;

/** The log, which goes to standard error. */
public record LogConfig(
        @Setting("Form of the log on standard error.") LogFormat format,
        @Setting("Least severity that is logged.") LogLevel level) {}
