/** Reads a configuration from file, environment and command line, and reports every problem at once. */
@NullMarked
package dev.parley.config.reader;

import org.jspecify.annotations.NullMarked;
