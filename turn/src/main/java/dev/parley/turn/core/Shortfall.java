package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.stun.StunError;
import dev.parley.ice.stun.attribute.AddressErrorCode;

/** A family of which an Allocate request gets no relayed address, and why (RFC 8656 section 7.2, step 9). */
record Shortfall(AddressFamily family, RefusalReason reason) {

    /** How a success response that grants only the other family says so: 440 or 508, the RFC knows no third. */
    AddressErrorCode asAttribute() {
        StunError error = reason == RefusalReason.UNSUPPORTED_FAMILY
                ? StunError.ADDRESS_FAMILY_NOT_SUPPORTED
                : StunError.INSUFFICIENT_CAPACITY;
        return new AddressErrorCode(family, error.code(), "");
    }
}
