package dev.parley.server;

import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.transport.DropInCounters;
import dev.parley.signaling.transport.DropInName;
import dev.parley.signaling.transport.HubCounters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import java.util.List;
import java.util.function.ToLongFunction;

/** The metrics of the drop-in endpoints, which differ in the label {@code protocol}. */
final class DropInMetrics {
    private final MetricSheet sheet;

    DropInMetrics(MetricSheet sheet) {
        this.sheet = sheet;
    }

    void add(HubCounters hub) {
        sheet.gauges(
                "parley_drop_in_connections",
                "Connections of drop-in endpoints now.",
                "protocol",
                List.of(DropInName.values()),
                DropInName::word,
                name -> hub.dropIn(name).connections());
        counter(hub, "parley_drop_in_messages_received", "Messages received.", DropInCounters::messagesIn);
        counter(hub, "parley_drop_in_messages_sent", "Messages sent.", DropInCounters::messagesOut);
        sheet.add(CounterWithCallback.builder()
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
                .build());
    }

    private void counter(HubCounters hub, String name, String help, ToLongFunction<DropInCounters> value) {
        sheet.counters(
                name,
                help,
                "protocol",
                DropInName.values(),
                DropInName::word,
                protocol -> value.applyAsLong(hub.dropIn(protocol)));
    }
}
