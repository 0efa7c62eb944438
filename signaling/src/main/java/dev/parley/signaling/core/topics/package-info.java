/** The pure half of the y-webrtc and Trystero signaling: who is subscribed to what. */
@NullMarked
package dev.parley.signaling.core.topics;

import org.jspecify.annotations.NullMarked;
