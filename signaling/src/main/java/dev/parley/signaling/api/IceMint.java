package dev.parley.signaling.api;

import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.TimeLimitedCredentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes credentials for the relay of this process.
 *
 * @param stunUris without credential; may be empty
 * @param turnUris with credential
 */
public record IceMint(
        TimeLimitedCredentials credentials, List<String> stunUris, List<String> turnUris, InstantSource wallClock) {
    public IceMint {
        stunUris = List.copyOf(stunUris);
        turnUris = List.copyOf(turnUris);
    }

    IceCredential mint(ApiName name, Duration ttl) {
        MintedCredential minted = credentials.mint(name.text(), ttl);
        return new IceCredential(minted.username(), minted.password(), ttl, wallClock.instant(), stunUris, turnUris);
    }
}
