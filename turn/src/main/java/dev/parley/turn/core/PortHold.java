package dev.parley.turn.core;

/**
 * The hold an allocation keeps on the port next to its own, until it is claimed, times out or the allocation ends.
 *
 * @param token what names it to clients
 * @param allocation whose request it was
 */
record PortHold(long token, Allocation allocation) implements Timed {}
