/** The HTTP API for programs, asked by real programs. */
@NullMarked
package dev.parley.it.api;

import org.jspecify.annotations.NullMarked;
