/** JSON as this module writes it. */
@NullMarked
package dev.parley.signaling.json;

import org.jspecify.annotations.NullMarked;
