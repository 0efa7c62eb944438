/** Tests of the relay's transport, on embedded channels and a clock of their own. */
@NullMarked
package dev.parley.turn.transport;

import org.jspecify.annotations.NullMarked;
