/** The relay under many clients that come and go, looked at from outside for what it keeps of them. */
@NullMarked
package dev.parley.it.endurance;

import org.jspecify.annotations.NullMarked;
