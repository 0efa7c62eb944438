package dev.parley.server;

import dev.parley.config.WebhooksConfig;
import dev.parley.signaling.webhook.BackOff;
import dev.parley.signaling.webhook.WebhookSettings;
import dev.parley.signaling.webhook.Webhooks;
import org.jspecify.annotations.Nullable;

/** The configuration of webhooks in their own words. */
final class HookWiring {
    private HookWiring() {}

    /** Null if nobody is told. */
    static @Nullable Webhooks open(WebhooksConfig config) {
        return config.urls().isEmpty()
                ? null
                : new Webhooks(new WebhookSettings(
                        config.urls(),
                        config.secret(),
                        config.timeout(),
                        config.queue(),
                        config.concurrency(),
                        new BackOff(config.backOff(), config.backOffMost(), config.giveUpAfter())));
    }
}
