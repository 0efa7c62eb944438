/** The Netty UDP side of the TURN relay: listeners, relay sockets, and the runner of the core's effects. */
@NullMarked
package dev.parley.turn.transport;

import org.jspecify.annotations.NullMarked;
