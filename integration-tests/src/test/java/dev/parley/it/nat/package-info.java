/** Clients behind symmetric network address translators. */
@NullMarked
package dev.parley.it.nat;

import org.jspecify.annotations.NullMarked;
