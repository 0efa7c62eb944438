/** The configuration keys, derived from the records: names, types, ranges and texts. */
@NullMarked
package dev.parley.config.schema;

import org.jspecify.annotations.NullMarked;
