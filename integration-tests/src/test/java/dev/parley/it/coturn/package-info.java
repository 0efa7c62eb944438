/** coturn's own client tools against the relay. */
@NullMarked
package dev.parley.it.coturn;

import org.jspecify.annotations.NullMarked;
