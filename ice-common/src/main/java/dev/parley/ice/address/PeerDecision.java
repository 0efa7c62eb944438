package dev.parley.ice.address;

/** Whether a relay may talk to a peer address, and why. Decisions are made once and shared; asking allocates none. */
public sealed interface PeerDecision {
    boolean allowed();

    PeerAddressClass reason();

    /** The relay may talk to the address, as far as its class goes. */
    record Allowed(PeerAddressClass reason) implements PeerDecision {
        @Override
        public boolean allowed() {
            return true;
        }
    }

    /**
     * The relay must not talk to the address.
     *
     * @param range the range that decided, for logs
     * @param purpose what the range is for
     * @param source the document that says so
     */
    record Denied(PeerAddressClass reason, Cidr range, String purpose, String source) implements PeerDecision {
        @Override
        public boolean allowed() {
            return false;
        }
    }
}
