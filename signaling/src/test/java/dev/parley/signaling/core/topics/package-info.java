/** Tests of this package. */
@NullMarked
package dev.parley.signaling.core.topics;

import org.jspecify.annotations.NullMarked;
