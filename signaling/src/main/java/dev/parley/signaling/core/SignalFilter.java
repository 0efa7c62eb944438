package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/** Takes out of what members tell each other what shows where they are. */
@FunctionalInterface
public interface SignalFilter {
    /**
     * What may go on of it in a room in which everything is relayed.
     *
     * @return the same object if nothing has to go; null if nothing is left to pass on
     */
    @Nullable
    JsonText withoutAddresses(JsonText data);
}
