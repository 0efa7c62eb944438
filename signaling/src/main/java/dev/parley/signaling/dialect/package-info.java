/** Translation between the text on a connection and the messages of the core; no room logic. */
@NullMarked
package dev.parley.signaling.dialect;

import org.jspecify.annotations.NullMarked;
