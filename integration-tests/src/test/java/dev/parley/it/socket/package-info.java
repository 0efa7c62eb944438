/** The relay's own UDP sockets on loopback, of both kinds: sizes, batches, header fields, ICMP errors, descriptors. */
@NullMarked
package dev.parley.it.socket;

import org.jspecify.annotations.NullMarked;
