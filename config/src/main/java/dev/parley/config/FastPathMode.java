package dev.parley.config;

/** The values of {@code turn.fast-path}. */
public enum FastPathMode {
    /** In the kernel where possible. */
    AUTO,
    /** Always in user space. */
    OFF
}
