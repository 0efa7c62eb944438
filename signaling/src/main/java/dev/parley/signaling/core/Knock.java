package dev.parley.signaling.core;

/** Somebody who waits to be let into a room, as its hosts see it. */
public record Knock(SessionId id, Presence presence) {}
