/** Tests over the whole signaling module. */
@NullMarked
package dev.parley.signaling;

import org.jspecify.annotations.NullMarked;
