/** What the pure halves of all drop-in endpoints share: connections with their rates and signs of life. */
@NullMarked
package dev.parley.signaling.core.dropin;

import org.jspecify.annotations.NullMarked;
