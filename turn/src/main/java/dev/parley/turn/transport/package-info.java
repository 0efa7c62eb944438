/** The running relay: its door, its settings, and how the parts of its event loops are put together. */
@NullMarked
package dev.parley.turn.transport;

import org.jspecify.annotations.NullMarked;
