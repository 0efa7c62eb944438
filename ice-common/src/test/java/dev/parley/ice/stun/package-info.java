/** Tests of STUN messages: published vectors, round trips, and bytes nobody should send. */
@NullMarked
package dev.parley.ice.stun;

import org.jspecify.annotations.NullMarked;
