/** The pure TURN server: requests and packets in, effects and routes out; no socket, clock, log, thread or lock. */
@NullMarked
package dev.parley.turn.core;

import org.jspecify.annotations.NullMarked;
