package dev.parley.config;

import dev.parley.ice.credential.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Your services that are told what happens in rooms. */
public record WebhooksConfig(
        @Setting(
                value = "HTTP addresses that are told of rooms and members, each of everything. Redirects are not"
                        + " followed. Use https unless it is this host. No client may reach these hosts through"
                        + " the relay.",
                whenUnset = "nobody is told")
        List<URI> urls,

        @Setting(
                value = "Secrets that sign the calls, each of at least 32 characters. All sign, so that one can be"
                        + " replaced. Better set by the environment variable than in a file that others can read.",
                whenUnset = "there must be none of webhooks.urls")
        List<Secret> secret,

        @Setting(value = "How long a service has to answer.", atLeast = "1s", atMost = "60s")
        Duration timeout,

        @Setting(value = "Calls of one service at once.", atLeast = "1", atMost = "256")
        int concurrency,

        @Setting(
                value = "Events that wait for one service. What comes then is dropped, and counted.",
                atLeast = "16",
                atMost = "1000000")
        int queue,

        @Setting(
                value = "How long is waited before the second attempt; each time twice as long, less a bit by chance.",
                atLeast = "100ms",
                atMost = "1m")
        Duration backOff,

        @Setting(value = "The longest that is waited between two attempts.", atLeast = "1s", atMost = "1h")
        Duration backOffMost,

        @Setting(value = "An event that was not taken for so long is dropped.", atLeast = "1s", atMost = "24h")
        Duration giveUpAfter) {
    public WebhooksConfig {
        urls = List.copyOf(urls);
        secret = List.copyOf(secret);
    }
}
