/** Tests of the signaling transport. */
@NullMarked
package dev.parley.signaling.transport;

import org.jspecify.annotations.NullMarked;
