/** One event loop of the relay: its core, the runner of the core's effects, relay sockets, both directions of data. */
@NullMarked
package dev.parley.turn.loop;

import org.jspecify.annotations.NullMarked;
