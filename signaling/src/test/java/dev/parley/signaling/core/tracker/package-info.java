/** Tests of this package. */
@NullMarked
package dev.parley.signaling.core.tracker;

import org.jspecify.annotations.NullMarked;
