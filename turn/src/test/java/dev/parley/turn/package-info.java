/** The rules of the turn module's code. */
@NullMarked
package dev.parley.turn;

import org.jspecify.annotations.NullMarked;
