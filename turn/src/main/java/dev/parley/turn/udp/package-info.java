/** Clients over UDP. */
@NullMarked
package dev.parley.turn.udp;

import org.jspecify.annotations.NullMarked;
