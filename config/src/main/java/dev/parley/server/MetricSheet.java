package dev.parley.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * The sheet that metrics are written on: each is a name, a help text and where its values are read when somebody asks.
 * Values are read on the thread of whoever asks, so they have to be safe to read from any.
 */
final class MetricSheet {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** For collectors that keep their values themselves. */
    PrometheusRegistry registry() {
        return registry;
    }

    void add(Collector collector) {
        registry.register(collector);
    }

    /** A value that goes up and down. */
    void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sample -> sample.call((double) value.getAsLong()))
                .register(registry);
    }

    /** A number of events. */
    void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sample -> sample.call((double) value.getAsLong()))
                .register(registry);
    }

    /** A value for each of these, told apart by a label. */
    <E> void gauges(
            String name,
            String help,
            String label,
            List<E> constants,
            Function<E, String> word,
            ToLongFunction<E> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(sample -> {
                    for (E constant : constants) {
                        sample.call((double) value.applyAsLong(constant), word.apply(constant));
                    }
                })
                .register(registry);
    }

    /** A number of events for each of these, told apart by a label. */
    <E> void counters(
            String name, String help, String label, E[] constants, Function<E, String> word, ToLongFunction<E> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(sample -> {
                    for (E constant : constants) {
                        sample.call((double) value.applyAsLong(constant), word.apply(constant));
                    }
                })
                .register(registry);
    }

    /** The same where it shows only later what there is to count. */
    void growingCounters(
            String name,
            String help,
            String label,
            Supplier<? extends Iterable<String>> subjects,
            UnaryOperator<String> word,
            ToLongFunction<String> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(sample -> {
                    for (String subject : subjects.get()) {
                        sample.call((double) value.applyAsLong(subject), word.apply(subject));
                    }
                })
                .register(registry);
    }

    <E> void byReason(String name, String help, E[] reasons, Function<E, String> word, ToLongFunction<E> value) {
        counters(name, help, "reason", reasons, word, value);
    }

    /** Two numbers of events that differ in the label {@code result}. */
    void results(String name, String help, String good, LongSupplier goods, String bad, LongSupplier bads) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("result")
                .callback(sample -> {
                    sample.call((double) goods.getAsLong(), good);
                    sample.call((double) bads.getAsLong(), bad);
                })
                .register(registry);
    }

    /** Everything on the sheet in the text format of Prometheus. */
    String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory cannot fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
