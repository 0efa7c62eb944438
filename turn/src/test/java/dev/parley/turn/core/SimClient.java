package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.MessageIntegrityAttribute;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.Username;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of the simulation: knows its nonce from the server's challenges and remembers its last request. */
final class SimClient {
    /**
     * A request on its way.
     *
     * @param bytes as on the wire
     */
    record Datagram(SimClient client, StunMessage message, ByteBuf bytes) {}

    final TestClient identity;
    /** Index of the event loop the client's packets arrive at. */
    final int loop;

    private final LongTermKey key;
    private String nonce = "";
    private @Nullable ReservationToken token;
    private @Nullable Bytes ticket;
    private @Nullable Datagram last;

    SimClient(TestClient identity, int loop) {
        this.identity = identity;
        this.loop = loop;
        this.key = identity.longTermKey();
    }

    ClientKey key() {
        return identity.key();
    }

    TransportAddress address() {
        return identity.address();
    }

    /** Unsigned until the server has challenged. */
    Datagram request(TransactionId transactionId, StunMethod method, List<Attribute> attributes) {
        List<Attribute> all = new ArrayList<>(attributes);
        ByteBuf bytes = Unpooled.buffer(200);
        if (!nonce.isEmpty()) {
            all.add(new Username(identity.username()));
            all.add(new Realm(TurnFixture.REALM));
            all.add(new Nonce(nonce));
        }
        StunMessage message = new StunMessage(StunClass.REQUEST, method, transactionId, all);
        if (nonce.isEmpty()) {
            StunEncoder.encode(message, bytes);
        } else {
            StunEncoder.encodeSigned(message, key, IntegrityAlgorithm.SHA1, bytes);
        }
        last = new Datagram(this, message, bytes);
        return last;
    }

    /** What a request asks for, without who asks. */
    static List<Attribute> wishesOf(StunMessage request) {
        List<Attribute> wishes = new ArrayList<>(request.attributes());
        wishes.removeIf(attribute -> attribute instanceof Username
                || attribute instanceof Realm
                || attribute instanceof Nonce
                || attribute instanceof MessageIntegrityAttribute);
        return wishes;
    }

    @Nullable
    Datagram last() {
        return last;
    }

    void receive(StunMessage answer) {
        Nonce fresh = answer.find(Nonce.class);
        if (fresh != null) {
            nonce = fresh.value();
        }
        MobilityTicket issued = answer.find(MobilityTicket.class);
        if (issued != null) {
            ticket = issued.ticket();
        }
        ReservationToken reserved = answer.find(ReservationToken.class);
        if (reserved != null) {
            token = reserved;
        }
    }

    /** The last ticket it was given (RFC 8016). */
    @Nullable
    Bytes ticket() {
        return ticket;
    }

    /** The same user on the same event loop, elsewhere and over another transport. */
    SimClient elsewhere() {
        ClientTransport other = key().transport() == ClientTransport.TCP ? ClientTransport.UDP : ClientTransport.TCP;
        ClientKey there = new ClientKey(address().withPort(address().port() ^ 0x4000), other.listener(0));
        return new SimClient(new TestClient(there, identity.username(), identity.password()), loop);
    }

    /** The same user over one more connection. */
    SimClient onAnotherPort() {
        ClientKey there = new ClientKey(address().withPort(address().port() ^ 0x2000), key().listener());
        return new SimClient(new TestClient(there, identity.username(), identity.password()), loop);
    }

    /** The token of a port it reserved, once. */
    @Nullable
    ReservationToken takeToken() {
        ReservationToken taken = token;
        token = null;
        return taken;
    }

    void give(ReservationToken reserved) {
        token = reserved;
    }
}
