package dev.parley.turn.core;

/**
 * The hold a relay keeps on the port next to its own, until it is claimed or times out; it outlives the relay, because
 * RFC 8656 section 7.2 promises 30 seconds.
 *
 * @param token what names it to clients
 * @param relay whose request it was
 */
record PortHold(long token, Relay relay) implements Timed {}
