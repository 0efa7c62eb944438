/** Builds the one process out of hub and relay, starts it, drains it and stops it. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
