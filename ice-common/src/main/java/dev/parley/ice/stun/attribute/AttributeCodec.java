package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The table from attribute type to reader, and the frame every attribute is written in (RFC 8489 section 14).
 *
 * <pre>
 *   0        1        2        3        4 ..
 *  +--------+--------+--------+--------+----------------+----------------+
 *  |       type      |      length     | value          | zeros to 4     |
 *  +--------+--------+--------+--------+----------------+----------------+
 * </pre>
 *
 * The length counts the value without the zeros.
 */
public final class AttributeCodec {
    /** Types below this must be understood (RFC 8489 section 14). */
    public static final int OPTIONAL_RANGE = 0x8000;

    public static final int HEADER_BYTES = 4;

    /** All registered types lie in the first 64 of either range, so two short arrays are the whole table. */
    private static final int RANGE = 0x40;

    private static final @Nullable Reader[] REQUIRED = new @Nullable Reader[RANGE];
    private static final @Nullable Reader[] OPTIONAL = new @Nullable Reader[RANGE];

    static {
        put(MappedAddress.TYPE, MappedAddress::read);
        put(ChangeRequest.TYPE, ChangeRequest::read);
        put(Username.TYPE, Username::read);
        put(MessageIntegrityAttribute.TYPE, MessageIntegrityAttribute::read);
        put(ErrorCode.TYPE, ErrorCode::read);
        put(UnknownAttributes.TYPE, UnknownAttributes::read);
        put(ChannelNumber.TYPE, ChannelNumber::read);
        put(Lifetime.TYPE, Lifetime::read);
        put(XorPeerAddress.TYPE, XorPeerAddress::read);
        put(Data.TYPE, Data::read);
        put(Realm.TYPE, Realm::read);
        put(Nonce.TYPE, Nonce::read);
        put(XorRelayedAddress.TYPE, XorRelayedAddress::read);
        put(RequestedAddressFamily.TYPE, RequestedAddressFamily::read);
        put(EvenPort.TYPE, EvenPort::read);
        put(RequestedTransport.TYPE, RequestedTransport::read);
        put(DontFragment.TYPE, DontFragment::read);
        put(AccessToken.TYPE, AccessToken::read);
        put(MessageIntegritySha256Attribute.TYPE, MessageIntegritySha256Attribute::read);
        put(PasswordAlgorithm.TYPE, PasswordAlgorithm::read);
        put(Userhash.TYPE, Userhash::read);
        put(XorMappedAddress.TYPE, XorMappedAddress::read);
        put(ReservationToken.TYPE, ReservationToken::read);
        put(Priority.TYPE, Priority::read);
        put(UseCandidate.TYPE, UseCandidate::read);
        put(Padding.TYPE, Padding::read);
        put(ResponsePort.TYPE, ResponsePort::read);
        put(ConnectionId.TYPE, ConnectionId::read);
        put(AdditionalAddressFamily.TYPE, AdditionalAddressFamily::read);
        put(AddressErrorCode.TYPE, AddressErrorCode::read);
        put(PasswordAlgorithms.TYPE, PasswordAlgorithms::read);
        put(AlternateDomain.TYPE, AlternateDomain::read);
        put(Icmp.TYPE, Icmp::read);
        put(Software.TYPE, Software::read);
        put(AlternateServer.TYPE, AlternateServer::read);
        put(CacheTimeout.TYPE, CacheTimeout::read);
        put(FingerprintAttribute.TYPE, FingerprintAttribute::read);
        put(IceControlled.TYPE, IceControlled::read);
        put(IceControlling.TYPE, IceControlling::read);
        put(ResponseOrigin.TYPE, ResponseOrigin::read);
        put(OtherAddress.TYPE, OtherAddress::read);
        put(ThirdPartyAuthorization.TYPE, ThirdPartyAuthorization::read);
        put(MobilityTicket.TYPE, MobilityTicket::read);
    }

    private AttributeCodec() {}

    private static void put(int type, Reader reader) {
        (type < OPTIONAL_RANGE ? REQUIRED : OPTIONAL)[type & (OPTIONAL_RANGE - 1)] = reader;
    }

    private static @Nullable Reader find(int type) {
        int index = type & (OPTIONAL_RANGE - 1);
        if (index >= RANGE) {
            return null;
        }
        return type < OPTIONAL_RANGE ? REQUIRED[index] : OPTIONAL[index];
    }

    public static boolean isKnown(int type) {
        return find(type) != null;
    }

    /**
     * Reads one value; types nobody knows become {@link UnknownAttribute}. Never throws as long as the value lies
     * within the message.
     *
     * @param message borrowed; its reader index is at the start of the message
     * @param offset index of the value in the buffer
     * @return null if the value is malformed
     */
    public static @Nullable Attribute read(int type, ByteBuf message, int offset, int length) {
        Reader reader = find(type);
        return reader == null
                ? UnknownAttribute.read(type, message, offset, length)
                : reader.read(message, offset, length);
    }

    /**
     * Appends type, length, value and zeroed padding.
     *
     * @param messageStart index of the message's header in the target
     */
    public static void write(Attribute attribute, ByteBuf target, int messageStart) {
        int start = target.writerIndex();
        target.writeShort(attribute.type()).writeShort(0);
        attribute.writeValue(target, messageStart);
        int length = target.writerIndex() - start - HEADER_BYTES;
        NumberRange.require(length, 0, 0xFFFF);
        target.setShort(start + 2, length);
        target.writeZero(paddingBytes(length));
    }

    /** How many zero bytes follow a value: 0 to 3. */
    public static int paddingBytes(int length) {
        return -length & 3;
    }

    private interface Reader {
        @Nullable
        Attribute read(ByteBuf message, int offset, int length);
    }
}
