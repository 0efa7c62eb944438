/** Tests of deadlines. */
@NullMarked
package dev.parley.ice.time;

import org.jspecify.annotations.NullMarked;
