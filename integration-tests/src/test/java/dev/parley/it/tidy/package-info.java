/** Rules about the source text of all modules. */
@NullMarked
package dev.parley.it.tidy;

import org.jspecify.annotations.NullMarked;
