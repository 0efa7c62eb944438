package dev.parley.signaling.core;

/**
 * The numbers on a client's message.
 *
 * @param number counts the client's own messages from 1; 0 if it does not number them
 * @param confirmed the number of the last message it has from the hub; 0 if it does not say
 */
public record Stamp(long number, long confirmed) {
    public static final Stamp NONE = new Stamp(0, 0);
}
