/** Deadlines on virtual time, shared by both cores. */
@NullMarked
package dev.parley.ice.time;

import org.jspecify.annotations.NullMarked;
