package dev.parley.server;

import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.transport.DropInCounters;
import dev.parley.signaling.transport.DropInName;
import dev.parley.signaling.transport.HubCounters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToLongFunction;

/** The metrics of the drop-in endpoints, which differ in the label {@code protocol}. */
final class DropInMetrics {
    private final PrometheusRegistry registry;

    DropInMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    void add(HubCounters hub) {
        GaugeWithCallback.builder()
                .name("parley_drop_in_connections")
                .help("Connections of drop-in endpoints now.")
                .labelNames("protocol")
                .callback(sample -> {
                    for (DropInName name : DropInName.values()) {
                        sample.call((double) hub.dropIn(name).connections(), name.word());
                    }
                })
                .register(registry);
        counter(hub, "parley_drop_in_messages_received", "Messages received.", DropInCounters::messagesIn);
        counter(hub, "parley_drop_in_messages_sent", "Messages sent.", DropInCounters::messagesOut);
        CounterWithCallback.builder()
                .name("parley_drop_in_messages_refused")
                .help("Messages not carried out.")
                .labelNames("protocol", "reason")
                .callback(sample -> {
                    for (DropInName name : DropInName.values()) {
                        for (DropInRefusal reason : DropInRefusal.values()) {
                            sample.call((double) hub.dropIn(name).refused(reason), name.word(), reason.label());
                        }
                    }
                })
                .register(registry);
    }

    private void counter(HubCounters hub, String name, String help, ToLongFunction<DropInCounters> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("protocol")
                .callback(sample -> {
                    for (DropInName protocol : DropInName.values()) {
                        sample.call((double) value.applyAsLong(hub.dropIn(protocol)), protocol.word());
                    }
                })
                .register(registry);
    }
}
