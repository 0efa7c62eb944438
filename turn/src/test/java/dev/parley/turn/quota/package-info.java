/** Tests of the shared count of allocations. */
@NullMarked
package dev.parley.turn.quota;

import org.jspecify.annotations.NullMarked;
