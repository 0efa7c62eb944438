/** What an attacker or an unlucky operator does to a running server, and the bound that must hold. */
@NullMarked
package dev.parley.it.abuse;

import org.jspecify.annotations.NullMarked;
