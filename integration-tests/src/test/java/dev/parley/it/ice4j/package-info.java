/** An independent ICE implementation against the relay. */
@NullMarked
package dev.parley.it.ice4j;

import org.jspecify.annotations.NullMarked;
