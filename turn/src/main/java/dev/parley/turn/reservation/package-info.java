/** Relay ports held for second allocations, shared by all event loops. */
@NullMarked
package dev.parley.turn.reservation;

import org.jspecify.annotations.NullMarked;
