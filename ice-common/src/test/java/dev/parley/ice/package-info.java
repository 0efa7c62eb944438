/** Tests of ice-common as a whole. */
@NullMarked
package dev.parley.ice;

import org.jspecify.annotations.NullMarked;
