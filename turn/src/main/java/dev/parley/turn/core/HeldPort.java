package dev.parley.turn.core;

/**
 * A relay port that waits for the second allocation of a pair (RFC 8656 section 7.2, EVEN-PORT).
 *
 * @param address what it is a port of
 * @param port odd, next above the port of the first allocation
 * @param loop the event loop whose pool it comes from and goes back to
 * @param name the user it is held for, see {@link Identity#reserver}
 */
public record HeldPort(RelayAddress address, int port, int loop, String name) {}
