package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;

/**
 * A router or a host said that a datagram of this socket did not arrive.
 *
 * @param destination where the datagram was going
 * @param type ICMP or ICMPv6 type, by the family of the destination
 * @param code its code
 * @param data the next hop's MTU for "fragmentation needed" and "packet too big", else 0
 */
public record IcmpError(TransportAddress destination, int type, int code, int data) {}
