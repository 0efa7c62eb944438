/** The pure half of the PeerJS server: who has which id, and what waits for whom. */
@NullMarked
package dev.parley.signaling.core.peerjs;

import org.jspecify.annotations.NullMarked;
