/** The hub on real sockets: many members, many rooms, and clients that misbehave. */
@NullMarked
package dev.parley.it.signaling;

import org.jspecify.annotations.NullMarked;
