package dev.parley.turn.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Takes the datagrams of a UDP listener that are DTLS by their first byte (RFC 7983). */
@FunctionalInterface
public interface SecuredDatagrams {
    /** One datagram, which is lent. */
    void received(InetSocketAddress sender, ByteBuf datagram);
}
