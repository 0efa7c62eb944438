/** Tests of the signaling dialect. */
@NullMarked
package dev.parley.signaling.dialect;

import org.jspecify.annotations.NullMarked;
