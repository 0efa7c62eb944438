/** Tests of this package. */
@NullMarked
package dev.parley.signaling.core.peerjs;

import org.jspecify.annotations.NullMarked;
