/** Tests of what the sockets ask of the kernel, with a kernel made here. */
@NullMarked
package dev.parley.turn.socket;

import org.jspecify.annotations.NullMarked;
