/** Tests of the pure TURN core: exact effects in virtual time, and a seeded simulation. */
@NullMarked
package dev.parley.turn.core;

import org.jspecify.annotations.NullMarked;
