/** Tests of addresses. */
@NullMarked
package dev.parley.ice.address;

import org.jspecify.annotations.NullMarked;
