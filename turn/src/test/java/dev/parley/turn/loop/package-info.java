/** Tests of the parts of an event loop. */
@NullMarked
package dev.parley.turn.loop;

import org.jspecify.annotations.NullMarked;
