package dev.parley.turn.dtls;

import static dev.parley.turn.dtls.Datagrams.buffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The client of Bouncy Castle, on its own cryptography, connected to the fake loop. */
final class TestDtlsClient implements DatagramTransport {
    private static final int SUITE = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;

    private final InetSocketAddress address;
    private final FakeLoop loop;
    private final DtlsClients server;
    private final BlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>();
    private final CompletableFuture<DTLSTransport> connected = new CompletableFuture<>();

    /** Every datagram the client sent. */
    final List<byte[]> sent = new CopyOnWriteArrayList<>();

    /** Datagrams of the client that do not get lost. */
    volatile Predicate<byte[]> arrives = datagram -> true;

    TestDtlsClient(InetSocketAddress address, FakeLoop loop, DtlsClients server) {
        this.address = address;
        this.loop = loop;
        this.server = server;
        loop.connect(address, inbound::add);
    }

    TestDtlsClient connect() {
        return connect(SUITE);
    }

    TestDtlsClient connect(int suite) {
        Thread.ofVirtual().start(() -> {
            try {
                connected.complete(new DTLSClientProtocol().connect(new Policy(suite), this));
            } catch (IOException | RuntimeException e) {
                connected.completeExceptionally(e);
            }
        });
        return this;
    }

    boolean isDone() {
        return connected.isDone();
    }

    boolean isConnected() {
        return connected.isDone() && !connected.isCompletedExceptionally();
    }

    void sendData(byte[] data) throws IOException {
        connected.join().send(data, 0, data.length);
    }

    /** The next message, or one of no bytes if none comes. */
    byte[] receiveData() throws IOException {
        byte[] buffer = new byte[20_000];
        int bytes = connected.join().receive(buffer, 0, buffer.length, 2000);
        byte[] data = new byte[Math.max(0, bytes)];
        System.arraycopy(buffer, 0, data, 0, data.length);
        return data;
    }

    void closeNotify() throws IOException {
        connected.join().close();
    }

    @Override
    public int getReceiveLimit() {
        return 20_000;
    }

    @Override
    public int getSendLimit() {
        return 20_000;
    }

    @Override
    public int receive(byte[] buffer, int from, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = inbound.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buffer, from, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void send(byte[] buffer, int from, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, from, datagram, 0, length);
        sent.add(datagram);
        if (arrives.test(datagram)) {
            loop.execute(() -> server.received(address, buffer(datagram)));
        }
    }

    @Override
    public void close() {}

    private static final class Policy extends DefaultTlsClient {
        private final int suite;

        Policy(int suite) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.suite = suite;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {suite};
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return 100;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return 10_000;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}

                @Override
                @SuppressWarnings("NullAway") // null is how this library says none
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }
    }
}
