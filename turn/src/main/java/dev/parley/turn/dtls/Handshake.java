package dev.parley.turn.dtls;

import dev.parley.turn.tls.KeyMaterial;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;

/**
 * One handshake, from a ClientHello with a good cookie to the Finished of both sides. The protocol is Bouncy Castle's
 * and waits for the network, so it has a virtual thread of its own; the event loop feeds it and is told how it ended.
 */
final class Handshake {
    /** Encrypted records that may overtake the client's Finished and wait for the end of the handshake. */
    static final int EARLY_MAX = 8;

    private final InetSocketAddress client;
    private final byte[] helloRecord;
    private final byte[] cookie;
    private final byte[] random;
    private final FragmentGate gate = new FragmentGate();
    private final HandshakeTransport transport;
    private final List<byte[]> early = new ArrayList<>();
    private final Duration deadline;

    /** How a handshake ended; called on the handshake's thread, once. */
    interface Outcome {
        void established(Handshake handshake, Association association);

        void failed(Handshake handshake);
    }

    Handshake(InetSocketAddress client, ClientHello hello, Duration deadline, Consumer<byte[]> outbound) {
        this.client = client;
        this.helloRecord = hello.record();
        this.cookie = hello.cookie();
        this.random = hello.random();
        this.deadline = deadline;
        this.transport = new HandshakeTransport(outbound, System.nanoTime() + deadline.toNanos());
    }

    InetSocketAddress client() {
        return client;
    }

    /** Whether the ClientHello is a repetition of that which began this handshake. */
    boolean isBegunBy(ClientHello hello) {
        return hello.hasRandom(random);
    }

    void start(KeyMaterial material, SecureRandom secureRandom, Outcome outcome) {
        Thread.ofVirtual().name("dtls-handshake").start(() -> run(material, secureRandom, outcome));
    }

    private void run(KeyMaterial material, SecureRandom secureRandom, Outcome outcome) {
        Association established = null;
        try {
            HandshakeCrypto crypto = new HandshakeCrypto(secureRandom);
            HandshakePolicy policy = new HandshakePolicy(crypto, material, (int) deadline.toMillis());
            new DTLSServerProtocol()
                    .accept(policy, transport, VerifiedHello.request(helloRecord, cookie, secureRandom));
            HandshakeCipher cipher = crypto.cipher();
            if (cipher != null) {
                established = new Association(
                        client, random, cipher.protection(), cipher.nextSequence(), transport.lastFlight());
            }
        } catch (IOException | RuntimeException e) {
            established = null; // The client did something wrong or nothing at all; the library has sent its alert.
        }
        if (established != null) {
            outcome.established(this, established);
        } else {
            outcome.failed(this);
        }
    }

    /** On the event loop: true if the record was taken. */
    boolean received(ByteBuf datagram, int at) {
        int bytes = DtlsRecord.HEADER_BYTES + DtlsRecord.length(datagram, at);
        if (isEarly(datagram, at)) {
            return early.size() < EARLY_MAX && early.add(ByteBufUtil.getBytes(datagram, at, bytes));
        }
        return gate.admits(datagram, at) && transport.offer(ByteBufUtil.getBytes(datagram, at, bytes));
    }

    private static boolean isEarly(ByteBuf datagram, int at) {
        return DtlsRecord.epoch(datagram, at) == 1 && DtlsRecord.type(datagram, at) == DtlsRecord.APPLICATION_DATA;
    }

    /** On the event loop, once established: what came too early, in the order it came. */
    List<byte[]> early() {
        return early;
    }

    /** On the event loop: ends the handshake, which is then told as failed. */
    void abort() {
        transport.abort();
    }
}
