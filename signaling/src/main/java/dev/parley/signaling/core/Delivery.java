package dev.parley.signaling.core;

/**
 * One message on its way to one session.
 *
 * @param number counts the messages of this session from 1; 0 for one that is not numbered and not sent again
 */
public record Delivery(SessionId to, long number) {}
