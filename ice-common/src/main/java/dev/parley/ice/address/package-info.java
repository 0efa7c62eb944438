/** Addresses as small values, and the rules that decide which of them may be peers. */
@NullMarked
package dev.parley.ice.address;

import org.jspecify.annotations.NullMarked;
