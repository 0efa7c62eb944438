/** Tests of this package. */
@NullMarked
package dev.parley.signaling.core.dropin;

import org.jspecify.annotations.NullMarked;
