package dev.parley.it.wire;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A TURN client that does what a test says and nothing more: it retransmits over datagrams, answers challenges, and
 * keeps what it did not ask for until somebody looks.
 */
public final class Client implements AutoCloseable {
    private static final Duration RETRANSMISSION = Duration.ofMillis(400);
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(3);
    private static final int ATTEMPTS = 6;

    private final Link link;
    private final Transport transport;
    private final Login login;
    private final boolean isStrict;
    private final Deque<byte[]> unasked = new ArrayDeque<>();
    private boolean isClosed;
    private @Nullable Message challenge;

    /** A strict client fails the test when a message that it receives is not in order. */
    public Client(Link link, Transport transport, Login login, boolean isStrict) {
        this.link = link;
        this.transport = transport;
        this.login = login;
        this.isStrict = isStrict;
    }

    public Link link() {
        return link;
    }

    public Transport transport() {
        return transport;
    }

    public Login login() {
        return login;
    }

    /** Sends a request as it is and waits for its response; over datagrams it tries again. */
    public Message exchange(Packet request) {
        Message response = tryExchange(request.bytes(), request.transactionId());
        if (response == null) {
            throw new AssertionError(isClosed() ? "connection closed instead of an answer" : "not answered");
        }
        return response;
    }

    private @Nullable Message tryExchange(byte[] request, byte[] transactionId) {
        int attempts = transport.isStream() ? 1 : ATTEMPTS;
        Duration patience = transport.isStream() ? STREAM_PATIENCE : RETRANSMISSION;
        for (int i = 0; i < attempts; i++) {
            if (!trySend(request)) {
                return null;
            }
            Message response = await(transactionId, patience);
            if (response != null) {
                return response;
            }
        }
        return null;
    }

    /** False when the server has closed the connection. */
    private boolean trySend(byte[] bytes) {
        try {
            link.send(bytes);
            return true;
        } catch (UncheckedIOException closed) {
            isClosed = true;
            return false;
        }
    }

    private boolean isClosed() {
        return isClosed || link.isEnded();
    }

    /** Waits for the response of a transaction; null when it did not come. */
    public @Nullable Message await(byte[] transactionId, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            byte[] heard = link.receive(Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime())));
            if (heard == null) {
                return null;
            }
            if (isResponse(heard, transactionId)) {
                return parse(heard);
            }
            unasked.add(heard);
        }
        return null;
    }

    private static boolean isResponse(byte[] heard, byte[] transactionId) {
        return heard.length >= Wire.HEADER_BYTES
                && (heard[0] & 0xC1) == 1
                && Arrays.equals(Arrays.copyOfRange(heard, 8, Wire.HEADER_BYTES), transactionId);
    }

    private Message parse(byte[] heard) {
        var message = new Message(heard);
        if (isStrict && !message.flaws().isEmpty()) {
            throw new AssertionError("a message out of order: " + message.flaws());
        }
        return message;
    }

    /** The server's challenge, asked for once. */
    public Message challenge() {
        Message known = challenge;
        if (known == null) {
            known = exchange(bareAllocate()).expect(401);
            challenge = known;
        }
        return known;
    }

    /** Uses another challenge from now on. */
    public void adopt(Message newChallenge) {
        challenge = newChallenge;
    }

    public String realm() {
        return challenge().text(Wire.REALM);
    }

    public byte[] nonce() {
        return challenge().require(Wire.NONCE).bytes();
    }

    /** The key of SHA-1 integrity. */
    public byte[] key() {
        return Keys.md5(login.username(), realm(), login.password());
    }

    /** The key of a password hashed with SHA-256. */
    public byte[] sha256Key() {
        return Keys.sha256(login.username(), realm(), login.password());
    }

    /** Everything a signed request needs but the signature. */
    public Packet identified(Packet request) {
        return request.copy()
                .text(Wire.USERNAME, login.username())
                .text(Wire.REALM, realm())
                .attribute(Wire.NONCE, nonce());
    }

    public Packet signed(Packet request) {
        return identified(request).integrity(key());
    }

    /** As a client of RFC 8489 signs when the server offers password algorithms. */
    public Packet signedWithSha256(Packet request) {
        return identified(request)
                .attribute(
                        Wire.PASSWORD_ALGORITHMS,
                        challenge().require(Wire.PASSWORD_ALGORITHMS).bytes())
                .attribute(Wire.PASSWORD_ALGORITHM, (byte) 0, (byte) 2, (byte) 0, (byte) 0)
                .integritySha256(sha256Key());
    }

    /** As {@link #ask}; null when there is no answer, for instance because the server has closed the connection. */
    public @Nullable Message tryAsk(Packet request) {
        Packet signed = signed(request);
        Message answer = tryExchange(signed.bytes(), signed.transactionId());
        return answer == null || answer.code() != 438 ? answer : ask(request.again());
    }

    /** Makes a signed request, with a new nonce where the server asks for one. */
    public Message ask(Packet request) {
        Message answer = exchange(signed(request));
        if (answer.code() != 438) {
            return answer;
        }
        challenge = answer;
        return exchange(signed(request.again()));
    }

    public static Packet bareAllocate() {
        return Packet.request(Wire.ALLOCATE)
                .attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.UDP, (byte) 0, (byte) 0, (byte) 0);
    }

    /** Allocates; answers the first relayed address. */
    public InetSocketAddress allocate() {
        return ask(bareAllocate()).expectSuccess().address(Wire.XOR_RELAYED_ADDRESS);
    }

    /** Allocates an address of this family. */
    public InetSocketAddress allocate(int family) {
        return ask(bareAllocate().attribute(Wire.REQUESTED_ADDRESS_FAMILY, (byte) family, (byte) 0, (byte) 0, (byte) 0))
                .expectSuccess()
                .address(Wire.XOR_RELAYED_ADDRESS);
    }

    public Message refresh(int seconds) {
        return ask(Packet.request(Wire.REFRESH).number(Wire.LIFETIME, seconds));
    }

    public Message permit(InetSocketAddress... peers) {
        Packet request = Packet.request(Wire.CREATE_PERMISSION);
        for (InetSocketAddress peer : peers) {
            request.address(Wire.XOR_PEER_ADDRESS, peer);
        }
        return ask(request);
    }

    public Message bind(int number, InetSocketAddress peer) {
        return ask(Packet.request(Wire.CHANNEL_BIND)
                .attribute(Wire.CHANNEL_NUMBER, (byte) (number >> 8), (byte) number, (byte) 0, (byte) 0)
                .address(Wire.XOR_PEER_ADDRESS, peer));
    }

    public void send(byte[] bytes) {
        link.send(bytes);
    }

    public void sendIndication(InetSocketAddress peer, byte[] payload) {
        send(Packet.indication(Wire.SEND)
                .address(Wire.XOR_PEER_ADDRESS, peer)
                .attribute(Wire.DATA, payload)
                .bytes());
    }

    /** ChannelData, padded where the transport wants it. */
    public void sendOnChannel(int number, byte[] payload) {
        send(channelData(number, payload.length, payload, transport.isStream()));
    }

    public static byte[] channelData(int number, int length, byte[] payload, boolean isPadded) {
        int bytes = isPadded ? (payload.length + 3) & ~3 : payload.length;
        return ByteBuffer.allocate(4 + bytes)
                .putShort((short) number)
                .putShort((short) length)
                .put(payload)
                .array();
    }

    /** The next thing that was no response this client waited for; null when there is none. */
    public byte @Nullable [] next(Duration patience) {
        byte[] waiting = unasked.poll();
        return waiting != null ? waiting : link.receive(patience);
    }

    /** As {@link #next}; fails the test when nothing comes. */
    public byte[] require(Duration patience) {
        byte[] heard = next(patience);
        if (heard == null) {
            throw new AssertionError("nothing was delivered");
        }
        return heard;
    }

    /** The next indication; fails the test when something else comes or nothing. */
    public Message nextIndication(Duration patience) {
        byte[] heard = require(patience);
        if ((heard[0] & 0xC0) != 0) {
            throw new AssertionError("ChannelData was delivered instead of an indication");
        }
        return parse(heard);
    }

    /** Fails the test unless the server says nothing to these bytes before it answers the next request. */
    public void expectSilenceAbout(byte[] bytes) {
        unasked.clear();
        send(bytes);
        expectNothingBeforeNextAnswer();
    }

    /** Fails the test if something was sent here before the answer to a request that is sent now. */
    public void expectNothingBeforeNextAnswer() {
        Packet probe = Packet.request(Wire.BINDING);
        if (tryExchange(probe.bytes(), probe.transactionId()) == null && !isClosed()) {
            throw new AssertionError("no longer answered");
        }
        byte[] heard = unasked.poll();
        if (heard != null) {
            String what = heard.length < Wire.HEADER_BYTES ? "something" : new Message(heard).toString();
            throw new AssertionError("answered " + what + " instead of silence");
        }
    }

    /** Asks for the end of an allocation that this client may have, and does not wait for the answer. */
    public void abandon() {
        if (challenge != null && !isClosed()) {
            trySend(signed(Packet.request(Wire.REFRESH).number(Wire.LIFETIME, 0))
                    .bytes());
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
