/** Tests of the parts of the stream transports. */
@NullMarked
package dev.parley.turn.stream;

import org.jspecify.annotations.NullMarked;
