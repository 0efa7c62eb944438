/** What a test needs of its machine, and what happens where that is missing. */
@NullMarked
package dev.parley.it.needs;

import org.jspecify.annotations.NullMarked;
