/** Proof of the whole process with real clients: browsers, ice4j, coturn's tools, NAT in network namespaces. */
@NullMarked
package dev.parley.it;

import org.jspecify.annotations.NullMarked;
