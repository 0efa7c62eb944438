/** Sources of users for the relay: a file, plug-ins, and several of them together. */
@NullMarked
package dev.parley.turn.users;

import org.jspecify.annotations.NullMarked;
