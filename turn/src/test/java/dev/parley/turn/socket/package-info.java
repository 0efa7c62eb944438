/** Tests of the datagram sockets. */
@NullMarked
package dev.parley.turn.socket;

import org.jspecify.annotations.NullMarked;
