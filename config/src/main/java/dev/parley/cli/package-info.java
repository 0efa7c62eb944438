/** The commands of the {@code parley} program. */
@NullMarked
package dev.parley.cli;

import org.jspecify.annotations.NullMarked;
