/** Datagram sockets of the operating system: binding, batched receiving, segmented sending. Knows nothing of TURN. */
@NullMarked
package dev.parley.turn.socket;

import org.jspecify.annotations.NullMarked;
