package dev.parley.it.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.IcmpError;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.socket.SystemCallException;
import dev.parley.turn.socket.UdpSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the relay's sockets do with real datagrams, on loopback; both kinds, but for what the portable one cannot. */
class UdpSocketIT {
    private static final List<String> LOOPBACKS = List.of("127.0.0.1:0", "[::1]:0");
    private static final int EADDRINUSE = 98;
    private static final int ECN_CAPABLE_EXPEDITED_FORWARDING = 46 << 2 | 0b10;

    @ParameterizedTest
    @EnumSource
    void datagramsOfEveryLengthArriveWhole(SocketEngine engine) {
        try (var loop = new SocketLoop(engine)) {
            for (String address : LOOPBACKS) {
                var here = new Recorder();
                var there = new Recorder();
                UdpSocket sender = loop.open(address, here);
                UdpSocket receiver = loop.open(address, there);
                for (int bytes : List.of(0, 1, 1472, 9000, 65_507)) {
                    loop.turn(() -> sender.send(filled(bytes), UdpSocket.NO_PREFIX, receiver.local(), 0));
                    assertThat(there.next().payload()).as("%d bytes", bytes).isEqualTo(hex(bytes));
                }
                assertThat(there.isSilent()).isTrue();
                assertThat(here.drops() + there.drops()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyDatagramAmongOthersArrivesOnceInItsPlace(SocketEngine engine) {
        try (var loop = new SocketLoop(engine)) {
            var there = new Recorder();
            UdpSocket sender = loop.open("127.0.0.1:0", new Recorder());
            UdpSocket receiver = loop.open("127.0.0.1:0", there);
            List<Integer> lengths = List.of(3, 0, 2, 2, 0, 0, 1);

            loop.turn(() ->
                    lengths.forEach(bytes -> sender.send(filled(bytes), UdpSocket.NO_PREFIX, receiver.local(), 0)));

            for (int bytes : lengths) {
                assertThat(there.next().payload()).isEqualTo(hex(bytes));
            }
            assertThat(there.isSilent()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchArrivesInOrderWithItsPrefixes(SocketEngine engine) {
        try (var loop = new SocketLoop(engine)) {
            var there = new Recorder();
            UdpSocket sender = loop.open("127.0.0.1:0", new Recorder());
            UdpSocket receiver = loop.open("127.0.0.1:0", there);
            List<String> expected = new ArrayList<>();

            loop.turn(() -> {
                for (int i = 0; i < 200; i++) {
                    int bytes = i % 70 == 69 ? 50 : 100;
                    sender.send(filled(bytes), 0x4000_0000 | i, receiver.local(), 0);
                    expected.add("4000%04x".formatted(i) + hex(bytes));
                }
            });

            for (String datagram : expected) {
                assertThat(there.next().payload()).isEqualTo(datagram);
            }
            assertThat(there.isSilent()).isTrue();
        }
    }

    @Test
    void headerFieldsAreSentAndReadForEachDatagramApart() {
        try (var loop = new SocketLoop(SocketEngine.LINUX)) {
            for (String address : LOOPBACKS) {
                var there = new Recorder();
                UdpSocket sender = loop.open(address, new Recorder());
                UdpSocket receiver = loop.open(address, there);
                int marked = HeaderFields.of(17, ECN_CAPABLE_EXPEDITED_FORWARDING);

                loop.turn(() -> {
                    sender.send(filled(1), UdpSocket.NO_PREFIX, receiver.local(), HeaderFields.DEFAULT);
                    sender.send(filled(1), UdpSocket.NO_PREFIX, receiver.local(), marked);
                    sender.send(filled(1), UdpSocket.NO_PREFIX, receiver.local(), marked);
                    sender.send(filled(1), UdpSocket.NO_PREFIX, receiver.local(), HeaderFields.DEFAULT);
                });

                var unmarked = new Recorder.Received("00", 64, 0);
                var asMarked = new Recorder.Received("00", 17, ECN_CAPABLE_EXPEDITED_FORWARDING);
                assertThat(List.of(there.next(), there.next(), there.next(), there.next()))
                        .containsExactly(unmarked, asMarked, asMarked, unmarked);
            }
        }
    }

    @Test
    void anUnreachablePortIsReportedAndHurtsNoOtherDatagram() {
        try (var loop = new SocketLoop(SocketEngine.LINUX)) {
            var here = new Recorder();
            var there = new Recorder();
            UdpSocket sender = loop.open("127.0.0.1:0", here);
            UdpSocket receiver = loop.open("127.0.0.1:0", there);
            TransportAddress nobody = TransportAddress.parse("127.0.0.1:9");

            for (int i = 0; i < 500; i++) {
                loop.turn(() -> {
                    sender.send(filled(10), UdpSocket.NO_PREFIX, nobody, 0);
                    sender.flush();
                    sender.send(filled(3), UdpSocket.NO_PREFIX, receiver.local(), 0);
                });
                assertThat(there.next().payload()).isEqualTo(hex(3));
                assertThat(here.nextError()).isEqualTo(new IcmpError(nobody, 3, 3, 0));
            }

            loop.turn(() -> receiver.send(filled(1), UdpSocket.NO_PREFIX, sender.local(), 0));
            assertThat(here.next().payload()).isEqualTo(hex(1));
            assertThat(here.drops()).isZero();
        }
    }

    @Test
    void anUnreachablePortIsReportedOverIpv6() {
        try (var loop = new SocketLoop(SocketEngine.LINUX)) {
            var here = new Recorder();
            UdpSocket sender = loop.open("[::1]:0", here);
            TransportAddress nobody = TransportAddress.parse("[::1]:9");

            loop.turn(() -> sender.send(filled(10), UdpSocket.NO_PREFIX, nobody, 0));

            assertThat(here.nextError()).isEqualTo(new IcmpError(nobody, 1, 4, 0));
        }
    }

    @Test
    void anAddressInUseIsRefusedWithItsErrorNumber() {
        try (var loop = new SocketLoop(SocketEngine.LINUX)) {
            UdpSocket first = loop.open("127.0.0.1:0", new Recorder());

            var refusal = catchThrowableOfType(SystemCallException.class, () -> loop.tryOpen(first.local()));

            assertThat(refusal.errorNumber()).isEqualTo(EADDRINUSE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDescriptorIsGivenBack(SocketEngine engine) {
        try (var loop = new SocketLoop(engine)) {
            long before = openDescriptors();
            List<UdpSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sockets.add(loop.open("127.0.0.1:0", new Recorder()));
            }
            assertThat(openDescriptors()).isGreaterThanOrEqualTo(before + 100);
            loop.turn(() -> sockets.forEach(UdpSocket::close));
            // A selector closes its channels when it comes round again.
            await().untilAsserted(() -> assertThat(openDescriptors()).isLessThanOrEqualTo(before + 1));
        }
    }

    private static long openDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that count up from 0. */
    private static ByteBuf filled(int bytes) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bytes));
        for (int i = 0; i < bytes; i++) {
            buffer.writeByte(i);
        }
        return buffer;
    }

    private static String hex(int bytes) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            digits.append("%02x".formatted(i & 0xFF));
        }
        return digits.toString();
    }
}
