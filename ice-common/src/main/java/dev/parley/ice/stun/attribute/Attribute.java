package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;

/** One attribute of a STUN message; the records are named as the attributes in their RFCs. */
public sealed interface Attribute
        permits AccessToken,
                AdditionalAddressFamily,
                AddressErrorCode,
                AlternateDomain,
                AlternateServer,
                CacheTimeout,
                ChangeRequest,
                ChannelNumber,
                ConnectionId,
                Data,
                DontFragment,
                ErrorCode,
                EvenPort,
                FingerprintAttribute,
                IceControlled,
                IceControlling,
                Icmp,
                Lifetime,
                MappedAddress,
                MessageIntegrityAttribute,
                MessageIntegritySha256Attribute,
                MobilityTicket,
                Nonce,
                OtherAddress,
                Padding,
                PasswordAlgorithm,
                PasswordAlgorithms,
                Priority,
                Realm,
                RequestedAddressFamily,
                RequestedTransport,
                ReservationToken,
                ResponseOrigin,
                ResponsePort,
                Software,
                ThirdPartyAuthorization,
                UnknownAttribute,
                UnknownAttributes,
                UseCandidate,
                Userhash,
                Username,
                XorMappedAddress,
                XorPeerAddress,
                XorRelayedAddress {

    /** The attribute's number on the wire, 0 to 65535; from 0x8000 on it may be ignored by who does not know it. */
    int type();

    /**
     * Appends the value alone, without type, length and padding; called by {@link AttributeCodec}.
     *
     * @param messageStart index of the message's header in the target, already written: it masks xored addresses
     */
    void writeValue(ByteBuf target, int messageStart);
}
