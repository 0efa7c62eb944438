package dev.parley.config;

/** The header in which proxies say by whom they were asked. */
public enum ForwardedHeader {
    /** What most proxies write. */
    X_FORWARDED_FOR,
    /** The one of RFC 7239. */
    FORWARDED
}
