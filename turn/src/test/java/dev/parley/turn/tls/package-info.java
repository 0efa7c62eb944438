/** Tests of the certificate and the TLS contexts made from it. */
@NullMarked
package dev.parley.turn.tls;

import org.jspecify.annotations.NullMarked;
