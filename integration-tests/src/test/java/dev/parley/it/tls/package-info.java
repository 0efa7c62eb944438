/** The encrypted transports, seen by the tools of other TLS libraries. */
@NullMarked
package dev.parley.it.tls;

import org.jspecify.annotations.NullMarked;
