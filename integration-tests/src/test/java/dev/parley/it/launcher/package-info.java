/** The launcher script and the command line as an operator meets them. */
@NullMarked
package dev.parley.it.launcher;

import org.jspecify.annotations.NullMarked;
