/** Clients over TCP and TLS on real sockets: relaying, deadlines, limits, the PROXY header. */
@NullMarked
package dev.parley.it.stream;

import org.jspecify.annotations.NullMarked;
