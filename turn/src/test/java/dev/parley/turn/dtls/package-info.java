/** Tests of DTLS: the gates by hand-made datagrams, handshakes against the client of Bouncy Castle. */
@NullMarked
package dev.parley.turn.dtls;

import org.jspecify.annotations.NullMarked;
