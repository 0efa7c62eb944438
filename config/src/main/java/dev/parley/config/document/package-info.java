/** Writes configurations down: the reference page, the example file, and the effective values. */
@NullMarked
package dev.parley.config.document;

import org.jspecify.annotations.NullMarked;
