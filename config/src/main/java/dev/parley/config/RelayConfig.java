package dev.parley.config;

/** How far relaying reaches. */
public record RelayConfig(
        @Setting("Peers that a room member's allocation may reach: room is members of the same rooms "
                + "only, public is every address "
                + "that is not denied. Credentials made elsewhere with the shared secret are always public.")
        RelayScopeMode scope) {}
