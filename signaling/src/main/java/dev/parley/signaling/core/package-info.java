/** The pure core of the signaling hub: rooms, members, presence and limits, without socket, clock or thread. */
@NullMarked
package dev.parley.signaling.core;

import org.jspecify.annotations.NullMarked;
