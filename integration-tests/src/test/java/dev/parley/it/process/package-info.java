/** The running process seen from outside: its sockets, its own ports as peers, its bond between room and relay. */
@NullMarked
package dev.parley.it.process;

import org.jspecify.annotations.NullMarked;
