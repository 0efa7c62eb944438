package dev.parley.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile first records on the TLS of a listener; how long it may stay silent is up to the listener. */
class TlsRecordsTest {
    /** Of the processor, for one ClientHello. */
    private static final long MOST_NANOS = 5_000_000;

    private static final int HANDSHAKE = 22;
    private static final int TLS_1_0 = 0x0301;
    private static final TestCertificate CERTIFICATE = TestCertificate.ec(1);

    @TempDir
    Path directory = Path.of("");

    static Stream<SslProvider> providers() {
        return Stream.of(SslProvider.OPENSSL, SslProvider.JDK);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void row51AClientHelloThatDeclares16MebibytesReservesNothing(SslProvider provider) throws Exception {
        ServerTls tls = tls(provider);
        connection(tls).finishAndReleaseAll();
        ByteBuf greedy = Unpooled.buffer()
                .writeByte(HANDSHAKE)
                .writeShort(TLS_1_0)
                .writeShort(16_000)
                .writeByte(1)
                .writeMedium(0xFFFFFF);
        int connections = 16;
        EmbeddedChannel[] open = new EmbeddedChannel[connections];
        long before = usedBytes();
        for (int i = 0; i < connections; i++) {
            open[i] = connection(tls);
            receive(open[i], greedy.retainedDuplicate());
        }
        long each = (usedBytes() - before) / connections;
        greedy.release();

        System.out.println("row 51 (" + provider + "): " + each + " bytes of heap and buffers for each connection");
        assertThat(each).isLessThan(64 << 10);
        for (EmbeddedChannel channel : open) {
            channel.finishAndReleaseAll();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void row52AClientHelloInRecordsOfOneByteIsAnsweredOrRefusedAtOnce(SslProvider provider) throws Exception {
        ServerTls tls = tls(provider);
        byte[] hello = clientHello();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long bestNanos = Long.MAX_VALUE;
        boolean answered = false;
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // it costs more than what is measured
        try {
            // The fastest of many counts, since the machine may be busy and the compiler not done.
            for (int i = 0; i < 150 || (i < 3000 && bestNanos >= MOST_NANOS); i++) {
                long startNanos = threads.getCurrentThreadCpuTime();
                answered = split(tls, hello);
                bestNanos = Math.min(bestNanos, threads.getCurrentThreadCpuTime() - startNanos);
            }
        } finally {
            ResourceLeakDetector.setLevel(level);
        }

        System.out.printf(
                "row 52 (%s): %d records of one byte, %s after %d us of CPU%n",
                provider, hello.length, answered ? "answered" : "refused", bestNanos / 1000);
        assertThat(bestNanos).isLessThan(MOST_NANOS);
    }

    /** True if the server answered with a handshake record, false if with an alert or by closing. */
    private static boolean split(ServerTls tls, byte[] hello) {
        EmbeddedChannel channel = connection(tls);
        for (int at = 5; at < hello.length && channel.isOpen(); at++) {
            receive(
                    channel,
                    Unpooled.buffer(6)
                            .writeByte(HANDSHAKE)
                            .writeShort(TLS_1_0)
                            .writeShort(1)
                            .writeByte(hello[at]));
        }
        Object answer = channel.readOutbound();
        boolean answered = answer instanceof ByteBuf bytes && bytes.isReadable() && bytes.getByte(0) == HANDSHAKE;
        ReferenceCountUtil.release(answer);
        channel.finishAndReleaseAll();
        return answered;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void row53MutatedRecordsEndTheirConnectionOnly(SslProvider provider) throws Exception {
        ServerTls tls = tls(provider);
        long seed = new SecureRandom().nextLong();
        System.out.println("row 53 (" + provider + "): seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] hello = clientHello();
        for (int i = 0; i < 1000; i++) {
            EmbeddedChannel channel = connection(tls);
            byte[] mutated = hello.clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            for (int at = 0; at < mutated.length && channel.isOpen(); ) {
                int bytes = Math.min(1 + random.nextInt(mutated.length), mutated.length - at);
                receive(channel, Unpooled.copiedBuffer(mutated, at, bytes));
                at += bytes;
            }
            channel.finishAndReleaseAll();
        }

        EmbeddedChannel channel = connection(tls);
        receive(channel, Unpooled.copiedBuffer(hello));
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.getByte(0)).as("the next client is answered").isEqualTo((byte) HANDSHAKE);
        answer.release();
        channel.finishAndReleaseAll();
    }

    private ServerTls tls(SslProvider provider) throws Exception {
        return ServerTls.of(
                Certificates.read(CERTIFICATE.writeInto(directory), InstantSource.system()),
                TlsPolicy.TURN_PROTOCOLS,
                provider);
    }

    private static EmbeddedChannel connection(ServerTls tls) {
        SslHandler handler = tls.current().newHandler(ByteBufAllocator.DEFAULT);
        return new EmbeddedChannel(handler);
    }

    /** What the handler throws is its way of refusing; here it only must not be anything worse. */
    private static void receive(EmbeddedChannel channel, ByteBuf bytes) {
        try {
            channel.writeInbound(bytes);
        } catch (Exception refused) {
            assertThat(refused).isInstanceOfAny(SSLException.class, DecoderException.class);
            channel.close();
        }
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine client = TestTlsClient.engine("TLSv1.2", List.of(), List.of());
        ByteBuffer record = ByteBuffer.allocate(1 << 15);
        client.wrap(ByteBuffer.allocate(0), record);
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(record.flip()));
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
