package dev.parley.ice.stun;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.AddressErrorCode;
import dev.parley.ice.stun.attribute.AlternateDomain;
import dev.parley.ice.stun.attribute.AlternateServer;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.CacheTimeout;
import dev.parley.ice.stun.attribute.ChangeRequest;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.IceControlled;
import dev.parley.ice.stun.attribute.IceControlling;
import dev.parley.ice.stun.attribute.Icmp;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MappedAddress;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.OtherAddress;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.PasswordAlgorithm;
import dev.parley.ice.stun.attribute.PasswordAlgorithms;
import dev.parley.ice.stun.attribute.Priority;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.ResponseOrigin;
import dev.parley.ice.stun.attribute.ResponsePort;
import dev.parley.ice.stun.attribute.Software;
import dev.parley.ice.stun.attribute.ThirdPartyAuthorization;
import dev.parley.ice.stun.attribute.UnknownAttribute;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import dev.parley.ice.stun.attribute.UseCandidate;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** One or more of every attribute that an encoder writes as it is. */
final class Samples {
    static final TransactionId ID = new TransactionId(0x01020304, 0x05060708090a0b0cL);
    static final TransportAddress IPV4 = TransportAddress.parse("203.0.113.9:65535");
    static final TransportAddress IPV6 = TransportAddress.parse("[2001:db8::fffe:1]:3478");

    private static final PasswordAlgorithm ODD_ALGORITHM =
            new PasswordAlgorithm(0xFFFF, Bytes.of(new byte[] {1, 2, 3, 4, 5}));

    static final List<Attribute> ATTRIBUTES = List.of(
            new MappedAddress(IPV4),
            new MappedAddress(IPV6),
            new XorMappedAddress(IPV4),
            new XorMappedAddress(IPV6),
            new XorPeerAddress(IPV4),
            new XorPeerAddress(IPV6),
            new XorRelayedAddress(IPV4),
            new XorRelayedAddress(IPV6),
            new AlternateServer(IPV6),
            new ResponseOrigin(IPV4),
            new OtherAddress(IPV4),
            new Username("a"),
            new Username("1700000000:member:x\u00e9"),
            new Realm(""),
            new Realm("ab"),
            new Nonce("abc"),
            new Software("Parley"),
            new AlternateDomain("turn.example.org"),
            new ThirdPartyAuthorization("stun1@example.com"),
            new Lifetime(0),
            new Lifetime(0xFFFFFFFFL),
            new ConnectionId(0x80000001L),
            new Priority(0x6e0001ffL),
            new CacheTimeout(7),
            new ReservationToken(-2),
            new IceControlled(Long.MIN_VALUE),
            new IceControlling(1),
            new DontFragment(),
            new UseCandidate(),
            new MobilityTicket(Bytes.EMPTY),
            new MobilityTicket(Bytes.of(new byte[33])),
            new AccessToken(Bytes.of(new byte[] {9})),
            RequestedAddressFamily.of(AddressFamily.IPV6),
            new RequestedAddressFamily(255),
            AdditionalAddressFamily.of(AddressFamily.IPV6),
            new RequestedTransport(RequestedTransport.UDP),
            new RequestedTransport(255),
            new ChannelNumber(0x4FFF),
            new EvenPort(true),
            new EvenPort(false),
            new Icmp(3, 4, 1280),
            new ChangeRequest(true, false),
            new ChangeRequest(false, true),
            new ResponsePort(65535),
            new Padding(1),
            new Padding(1500),
            new UnknownAttributes(List.of(0x7FFF)),
            new UnknownAttributes(List.of(1, 2, 3, 4)),
            new ErrorCode(699, "what"),
            new ErrorCode(300, ""),
            new AddressErrorCode(AddressFamily.IPV6, 440, "no"),
            Userhash.of("user", "realm"),
            PasswordAlgorithm.md5(),
            ODD_ALGORITHM,
            new PasswordAlgorithms(List.of()),
            new PasswordAlgorithms(List.of(PasswordAlgorithm.sha256(), PasswordAlgorithm.md5())),
            new PasswordAlgorithms(List.of(ODD_ALGORITHM, PasswordAlgorithm.md5())),
            new UnknownAttribute(0xC057, Bytes.of(new byte[] {1, 2, 3})));

    private Samples() {}

    static StunMessage request(Attribute... attributes) {
        return StunMessage.request(StunMethod.BINDING, ID, attributes);
    }

    static ByteBuf encode(StunMessage message) {
        ByteBuf buffer = Unpooled.buffer();
        StunEncoder.encode(message, buffer);
        return buffer;
    }

    /**
     * A request of raw attributes, each given as type, length and value, in hexadecimal; padding is up to the caller.
     */
    static ByteBuf rawRequest(String... attributes) {
        return raw(StunMethod.BINDING, StunClass.REQUEST, attributes);
    }

    static ByteBuf raw(StunMethod method, StunClass messageClass, String... attributes) {
        byte[] body = Vectors.bytes(String.join("", attributes));
        ByteBuf buffer = Unpooled.buffer(StunHeader.LENGTH + body.length);
        StunHeader.write(buffer, messageClass, method, ID, body.length);
        return buffer.writeBytes(body);
    }
}
