/** Tests of the signaling core. */
@NullMarked
package dev.parley.signaling.core;

import org.jspecify.annotations.NullMarked;
