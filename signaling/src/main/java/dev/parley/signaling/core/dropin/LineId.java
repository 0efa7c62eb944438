package dev.parley.signaling.core.dropin;

/** One connection of a drop-in endpoint; numbered by the runner, never told to anybody. */
public record LineId(long number) {}
