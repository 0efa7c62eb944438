/** Sockets of the signaling side: HTTP, WebSockets, and the thread the hub runs on. */
@NullMarked
package dev.parley.signaling.transport;

import org.jspecify.annotations.NullMarked;
