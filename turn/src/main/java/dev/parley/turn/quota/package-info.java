/** The shared count of allocations that the event loops' cores ask through their Quotas interface. */
@NullMarked
package dev.parley.turn.quota;

import org.jspecify.annotations.NullMarked;
