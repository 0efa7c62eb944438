package dev.parley.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Access tokens of an authorization server in place of passwords (RFC 7635). */
public record OAuthConfig(
        @Setting(
                value = "Name of this server for access tokens; a token for another name is refused. Clients are told "
                        + "it with every 401, so a short one keeps those small.",
                whenUnset = "no access tokens are taken")
        @Nullable
        String serverName,

        @Setting(
                value = "File of the keys shared with authorization servers, mode 0600. Each line is kid:a256gcm:KEY"
                        + " or kid:a128gcm:KEY with the key in base64; :FROM:UNTIL may follow, in Unix seconds."
                        + " Lines that begin with # are comments.",
                whenUnset = "no access tokens are taken")
        @Nullable
        Path keysFile) {}
