/** Relayed packets across real routers: what happens to TTL, DSCP, ECN, fragments and ICMP errors. */
@NullMarked
package dev.parley.it.router;

import org.jspecify.annotations.NullMarked;
