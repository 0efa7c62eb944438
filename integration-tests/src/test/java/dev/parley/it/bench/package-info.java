/** The relay bench run briefly, for loss and errors only. */
@NullMarked
package dev.parley.it.bench;

import org.jspecify.annotations.NullMarked;
