package dev.parley.turn.core;

/** The limits that hold now; a reload brings others. What exceeds them already may stay. */
final class LimitsInForce {
    private TurnLimits limits;

    LimitsInForce(TurnLimits limits) {
        this.limits = limits;
    }

    TurnLimits now() {
        return limits;
    }

    void change(TurnLimits newLimits) {
        limits = newLimits;
    }
}
