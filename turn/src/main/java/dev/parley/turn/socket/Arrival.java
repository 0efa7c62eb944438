package dev.parley.turn.socket;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * Where the datagram that is just being handed over came from and what its IP header said. One object serves all
 * datagrams of an event loop: it is valid during {@link DatagramReceiver#received} and not after.
 */
public final class Arrival {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private AddressFamily family = AddressFamily.IPV4;
    private long high;
    private long low;
    private int port;
    private int headerFields;

    /** Sets the sender, as {@link TransportAddress} holds it. Called by sockets, and by tests in their place. */
    public void from(AddressFamily newFamily, long newHigh, long newLow, int newPort) {
        family = newFamily;
        high = newHigh;
        low = newLow;
        port = newPort;
    }

    /** Sets the sender. */
    public void from(TransportAddress sender) {
        from(sender.family(), sender.high(), sender.low(), sender.port());
    }

    /** Sets the sender from what Java's own sockets tell; makes no object. */
    public void from(InetSocketAddress sender) {
        byte[] ip = sender.getAddress().getAddress(); // the array does not survive inlining
        if (ip.length == Integer.BYTES) {
            from(AddressFamily.IPV4, 0, (int) INTS.get(ip, 0) & 0xFFFF_FFFFL, sender.getPort());
        } else {
            from(AddressFamily.IPV6, (long) LONGS.get(ip, 0), (long) LONGS.get(ip, Long.BYTES), sender.getPort());
        }
    }

    /** Sets what {@link HeaderFields} hold. */
    public void with(int newHeaderFields) {
        headerFields = newHeaderFields;
    }

    public AddressFamily family() {
        return family;
    }

    /** The first 64 bits of an IPv6 address, 0 for IPv4. */
    public long high() {
        return high;
    }

    /** The last 64 bits of an IPv6 address, or the IPv4 address. */
    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    /** As {@link HeaderFields}; TTL 0 where the system does not tell. */
    public int headerFields() {
        return headerFields;
    }

    /** The sender as an object of its own, for what outlives the call. */
    public TransportAddress sender() {
        return new TransportAddress(family, high, low, port);
    }
}
