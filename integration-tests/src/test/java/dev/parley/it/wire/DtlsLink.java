package dev.parley.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** A DTLS 1.2 association over a UDP link, trusting whatever certificate the server shows. */
final class DtlsLink implements Link {
    private static final int LARGEST_RECORD = 16_384;
    private static final int HANDSHAKE_MILLIS = 5000;

    private final UdpLink below;
    private final DTLSTransport association;
    private final byte[] buffer = new byte[LARGEST_RECORD];

    DtlsLink(UdpLink below) {
        this.below = below;
        try {
            association = new DTLSClientProtocol().connect(new TrustingClient(), new Records(below));
        } catch (IOException e) {
            below.close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            association.send(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] receive(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return null;
                }
                int count = association.receive(buffer, 0, buffer.length, (int) leftMillis);
                if (count >= 0) {
                    return Arrays.copyOf(buffer, count);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return below.local();
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void close() {
        try {
            association.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            below.close();
        }
    }

    private static final class TrustingClient extends DefaultTlsClient {
        TrustingClient() {
            super(new BcTlsCrypto(new SecureRandom()));
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return HANDSHAKE_MILLIS;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new ServerOnlyTlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}
            };
        }
    }

    /** Records in datagrams. */
    private record Records(UdpLink link) implements DatagramTransport {
        private static final int LIMIT = 16_384 + 256;

        @Override
        public int getReceiveLimit() {
            return LIMIT;
        }

        @Override
        public int getSendLimit() {
            return LIMIT;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) {
            byte[] datagram = link.receive(Duration.ofMillis(waitMillis));
            if (datagram == null) {
                return -1;
            }
            int count = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, count);
            return count;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            link.send(Arrays.copyOfRange(buffer, offset, offset + length));
        }

        @Override
        public void close() {}
    }
}
