/** UDP sockets of the operating system, with the header fields and errors that a relay needs; knows nothing of TURN. */
@NullMarked
package dev.parley.turn.socket;

import org.jspecify.annotations.NullMarked;
