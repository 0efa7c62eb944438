package dev.parley.turn.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramSender;
import org.bouncycastle.tls.crypto.TlsHMAC;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * Turns a ClientHello that passed {@link HelloGate} into the form Bouncy Castle begins a handshake with. It hands that
 * form out only through a verifier of its own; the one here is given a hash that always equals the cookie, because the
 * cookie has been verified by then.
 */
final class VerifiedHello {
    private static final byte[] NO_CLIENT_ID = {};

    private VerifiedHello() {}

    /** @param record the whole record of the ClientHello */
    static DTLSRequest request(byte[] record, byte[] cookie, SecureRandom random) throws IOException {
        DTLSRequest request = new DTLSVerifier(new CookieCrypto(cookie, random))
                .verifyRequest(NO_CLIENT_ID, record, 0, record.length, new Silence());
        if (request == null) {
            throw new IOException("a ClientHello that cannot be parsed");
        }
        return request;
    }

    private static final class Silence implements DatagramSender {
        @Override
        public int getSendLimit() {
            return HandshakeTransport.DATAGRAM_BYTES_MAX;
        }

        @Override
        public void send(byte[] buffer, int from, int length) {
            // Never again a HelloVerifyRequest for this client.
        }
    }

    private static final class CookieCrypto extends JcaTlsCrypto {
        private final byte[] cookie;

        CookieCrypto(byte[] cookie, SecureRandom random) {
            super(new DefaultJcaJceHelper(), random, random);
            this.cookie = cookie.clone();
        }

        @Override
        public TlsHMAC createHMAC(int macAlgorithm) {
            return new CookieMac(cookie);
        }
    }

    private static final class CookieMac implements TlsHMAC {
        private final byte[] cookie;

        CookieMac(byte[] cookie) {
            this.cookie = cookie;
        }

        @Override
        public int getInternalBlockSize() {
            return cookie.length;
        }

        @Override
        public void setKey(byte[] key, int from, int length) {}

        @Override
        public void update(byte[] input, int from, int length) {}

        @Override
        public byte[] calculateMAC() {
            return cookie.clone();
        }

        @Override
        public void calculateMAC(byte[] output, int at) {
            System.arraycopy(cookie, 0, output, at, cookie.length);
        }

        @Override
        public int getMacLength() {
            return cookie.length;
        }

        @Override
        public void reset() {}
    }
}
