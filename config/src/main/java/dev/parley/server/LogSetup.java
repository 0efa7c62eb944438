package dev.parley.server;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.parley.config.LogConfig;
import dev.parley.config.LogFormat;
import org.slf4j.LoggerFactory;

/** Sets up the log: standard error, as text or JSON, behind a queue so that a blocked pipe never stops traffic. */
public final class LogSetup {
    // A line break in a message would let a client forge log lines.
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %replace(%msg){'[\\p{Cntrl}]', '?'}%n%xEx";
    private static final int QUEUE_EVENTS = 4096;
    private static final int FLUSH_MILLIS = 500;

    private LogSetup() {}

    /** Replaces whatever was set up before. */
    public static void apply(LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(config.format(), context));
        stderr.start();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE_EVENTS);
        queue.setNeverBlock(true);
        queue.setDiscardingThreshold(0);
        queue.setMaxFlushTime(FLUSH_MILLIS);
        queue.addAppender(stderr);
        queue.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(queue);
        changeLevel(config);
        // Netty at debug level explains its own start at length.
        context.getLogger("io.netty").setLevel(Level.WARN);
    }

    /** From the next event on. */
    static void changeLevel(LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.toLevel(config.level().name()));
    }

    /** Writes out what is queued; nothing is logged afterwards. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        return switch (format) {
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setContext(context);
                text.setPattern(PATTERN);
                text.start();
                yield text;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                json.start();
                yield json;
            }
        };
    }
}
