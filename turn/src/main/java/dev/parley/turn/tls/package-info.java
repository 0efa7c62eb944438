/** Certificate and key of the operator: read from PEM files, re-read when they change, and made into TLS contexts. */
@NullMarked
package dev.parley.turn.tls;

import org.jspecify.annotations.NullMarked;
