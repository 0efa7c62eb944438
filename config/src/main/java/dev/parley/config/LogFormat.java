package dev.parley.config;

/** The values of {@code log.format}. */
public enum LogFormat {
    /** One readable line per event. */
    TEXT,
    /** One JSON object per event. */
    JSON
}
