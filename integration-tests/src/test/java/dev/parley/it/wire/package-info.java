/** STUN and TURN by hand: a codec and clients that can send anything wrong and share no code with the server. */
@NullMarked
package dev.parley.it.wire;

import org.jspecify.annotations.NullMarked;
