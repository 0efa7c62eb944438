package dev.parley.signaling.core;

/** A member as the others in the room see it. */
public record MemberView(SessionId id, Role role, Presence presence) {}
