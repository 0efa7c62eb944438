package dev.parley.config;

/** The values of {@code log.level}. */
public enum LogLevel {
    /** Failures only. */
    ERROR,
    /** What an operator should look at. */
    WARN,
    /** The course of the process. */
    INFO,
    /** Single requests and sessions. */
    DEBUG
}
