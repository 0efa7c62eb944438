/** TURN over DTLS 1.2: the gate in front of handshakes, the handshakes, and the record layer after them. */
@NullMarked
package dev.parley.turn.dtls;

import org.jspecify.annotations.NullMarked;
