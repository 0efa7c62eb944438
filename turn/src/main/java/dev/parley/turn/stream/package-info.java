/** Clients over TCP, and over TLS on TCP. */
@NullMarked
package dev.parley.turn.stream;

import org.jspecify.annotations.NullMarked;
