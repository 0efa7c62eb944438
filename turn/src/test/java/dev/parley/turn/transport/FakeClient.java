package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TURN client of a {@link RelayFixture}, over whatever wire. */
final class FakeClient {
    private static final int UDP = 17;

    private final Wire wire;
    private final String name;
    private String nonce = "";
    private long transaction;

    /** How messages get to the server and back. */
    interface Wire {
        void send(ByteBuf... messages);

        /** The next message for this client, or null. */
        @Nullable
        ByteBuf receive();
    }

    FakeClient(Wire wire, String name) {
        this.wire = wire;
        this.name = name;
    }

    FakeClient(FakeSocket listener, String address, String name) {
        this(new Datagrams(listener, TransportAddress.parse(address)), name);
    }

    String name() {
        return name;
    }

    /** Allocates, with the round for the nonce. */
    TransportAddress allocate(Attribute... more) {
        return require(allocateAnswer(more).find(XorRelayedAddress.class)).address();
    }

    StunMessage allocateAnswer(Attribute... more) {
        StunMessage challenge = allocateChallenge();
        learnNonce(challenge);
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new RequestedTransport(UDP));
        return request(StunMethod.ALLOCATE, attributes.toArray(Attribute[]::new));
    }

    /** The answer to a request without a credential. */
    StunMessage allocateChallenge() {
        return request(StunMethod.ALLOCATE, new RequestedTransport(UDP));
    }

    /** Ends the allocation. */
    StunMessage release() {
        return request(StunMethod.REFRESH, new Lifetime(0));
    }

    StunMessage permit(TransportAddress peer) {
        return request(StunMethod.CREATE_PERMISSION, new XorPeerAddress(peer));
    }

    StunMessage bind(int channelNumber, TransportAddress peer) {
        return request(StunMethod.CHANNEL_BIND, new ChannelNumber(channelNumber), new XorPeerAddress(peer));
    }

    /** Takes the nonce out of an answer that has one. */
    void learnNonce(StunMessage challenge) {
        nonce = require(challenge.find(Nonce.class)).value();
    }

    /** Signed once there is a nonce; the answer must come at once. */
    StunMessage request(StunMethod method, Attribute... attributes) {
        send(requestBytes(method, attributes));
        return require(nextAnswer());
    }

    ByteBuf requestBytes(StunMethod method, Attribute... attributes) {
        List<Attribute> all = new ArrayList<>(List.of(attributes));
        if (!nonce.isEmpty()) {
            all.add(new Username(name));
            all.add(new Realm(RelayFixture.REALM));
            all.add(new Nonce(nonce));
        }
        TransactionId id = new TransactionId(name.hashCode(), ++transaction);
        StunMessage message = StunMessage.request(method, id, all.toArray(Attribute[]::new));
        ByteBuf bytes = Unpooled.buffer();
        if (nonce.isEmpty()) {
            StunEncoder.encode(message, bytes);
        } else {
            LongTermKey key = LongTermKey.ofPassword(name, RelayFixture.REALM, RelayFixture.PASSWORD);
            StunEncoder.encodeSigned(message, key, IntegrityAlgorithm.SHA1, bytes);
        }
        return bytes;
    }

    /** Messages of one wake-up. */
    void send(ByteBuf... messages) {
        wire.send(messages);
    }

    /** Datagrams of one wake-up, whose IP headers said this. */
    void sendWith(int headerFields, ByteBuf... datagrams) {
        ((Datagrams) wire).send(headerFields, datagrams);
    }

    static ByteBuf channelData(int channelNumber, String hexPayload) {
        byte[] payload = ByteBufUtil.decodeHexDump(hexPayload);
        return Unpooled.buffer()
                .writeShort(channelNumber)
                .writeShort(payload.length)
                .writeBytes(payload);
    }

    /** A Send indication; the payload needs no padding. */
    static ByteBuf sendIndication(TransportAddress peer, String hexPayload) {
        byte[] payload = ByteBufUtil.decodeHexDump(hexPayload);
        ByteBuf message = Unpooled.buffer();
        StunEncoder.writeDataIndicationHeader(message, new TransactionId(1, 1), peer, payload.length);
        int sendInsteadOfData = 0x0016;
        return message.setShort(0, sendInsteadOfData).writeBytes(payload);
    }

    /** The next ChannelData message for this client, or null. */
    @Nullable
    ByteBuf nextFrame() {
        return wire.receive();
    }

    /** The next message the server sent to this client, or null; what it sent to others first is a mistake. */
    @Nullable
    StunMessage nextAnswer() {
        ByteBuf message = wire.receive();
        if (message == null) {
            return null;
        }
        try {
            return ((DecodeResult.Decoded) StunDecoder.decode(message)).message();
        } finally {
            message.release();
        }
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("no answer, or not the attribute in it");
        }
        return value;
    }

    private record Datagrams(FakeSocket listener, TransportAddress client) implements Wire {
        @Override
        public void send(ByteBuf... messages) {
            send(HeaderFields.DEFAULT, messages);
        }

        void send(int headerFields, ByteBuf... messages) {
            listener.deliver(client, headerFields, messages);
        }

        @Override
        public @Nullable ByteBuf receive() {
            FakeSocket.Sent sent = listener.next();
            if (sent == null) {
                return null;
            }
            if (!sent.to().equals(client)) {
                throw new AssertionError("for " + sent.to() + ", not for " + client);
            }
            if (sent.headerFields() != HeaderFields.DEFAULT) {
                throw new AssertionError("an answer leaves as the system sends it, not as " + sent);
            }
            return sent.bytes();
        }
    }
}
