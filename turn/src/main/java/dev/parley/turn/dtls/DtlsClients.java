package dev.parley.turn.dtls;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS clients of one UDP listener of one event loop. Nothing is kept for a sender before it has shown by a cookie
 * that it receives what is sent to it; handshakes are bounded and run elsewhere; what comes over an established
 * association is handed on as the messages that it was sent as.
 */
final class DtlsClients implements ClientPaths.OfListener {
    private final DtlsShared shared;
    private final LoopSide loop;
    private final HelloGate helloGate;
    private final DtlsPath.Scratch scratch = new DtlsPath.Scratch();
    private final Map<InetSocketAddress, DtlsClient> clientByAddress = new HashMap<>();

    DtlsClients(DtlsShared shared, LoopSide loop) {
        this.shared = shared;
        this.loop = loop;
        this.helloGate = new HelloGate(shared.cookieKeys());
    }

    @Override
    public @Nullable ClientPath find(ClientKey key) {
        DtlsClient client = clientByAddress.get(key.address().toInetSocketAddress());
        return client == null ? null : client.live();
    }

    /** Clients with an association or a handshake under way. */
    int count() {
        return clientByAddress.size();
    }

    /** Takes a datagram whose first byte is that of DTLS (RFC 7983); it is lent. */
    void received(InetSocketAddress sender, ByteBuf datagram) {
        int at = datagram.readerIndex();
        while (at < datagram.writerIndex()) {
            if (!DtlsRecord.isWhole(datagram, at)) {
                loop.dropped(WireDrop.DTLS_RECORD);
                return;
            }
            WireDrop drop = record(sender, datagram, at);
            if (drop != null) {
                loop.dropped(drop);
            }
            if (!clientByAddress.containsKey(sender)) {
                return; // A stranger gets one look; what follows a ClientHello in its datagram is nothing.
            }
            at += DtlsRecord.HEADER_BYTES + DtlsRecord.length(datagram, at);
        }
    }

    /** Why the record was dropped, or null. */
    private @Nullable WireDrop record(InetSocketAddress sender, ByteBuf datagram, int at) {
        if (at == datagram.readerIndex() && isClientHello(datagram, at)) {
            ClientHello hello = ClientHello.find(datagram);
            return hello == null ? WireDrop.DTLS_HELLO : hello(sender, hello, datagram);
        }
        DtlsClient client = clientByAddress.get(sender);
        if (client == null) {
            return WireDrop.DTLS_STRANGER;
        }
        DtlsPath live = client.live();
        if (live != null && DtlsRecord.epoch(datagram, at) == Association.EPOCH && opened(client, live, datagram, at)) {
            return null;
        }
        Handshake pending = client.pending();
        if (pending != null) {
            return pending.received(datagram, at) ? null : WireDrop.DTLS_HANDSHAKE;
        }
        return WireDrop.DTLS_RECORD;
    }

    private static boolean isClientHello(ByteBuf datagram, int at) {
        return DtlsRecord.epoch(datagram, at) == 0
                && DtlsRecord.type(datagram, at) == DtlsRecord.HANDSHAKE
                && DtlsRecord.length(datagram, at) > 0
                && HandshakeMessage.type(datagram, at + DtlsRecord.HEADER_BYTES) == HandshakeMessage.CLIENT_HELLO;
    }

    private @Nullable WireDrop hello(InetSocketAddress sender, ClientHello hello, ByteBuf datagram) {
        DtlsClient client = clientByAddress.get(sender);
        if (!helloGate.isVerified(hello, sender, loop.nowNanos())) {
            ByteBuf challenge =
                    helloGate.challenge(hello, datagram.readableBytes(), sender, loop.nowNanos(), loop.alloc());
            if (challenge == null) {
                return WireDrop.DTLS_HELLO;
            }
            loop.send(sender, challenge);
            return null;
        }
        if (client == null) {
            return begin(sender, new DtlsClient(), hello);
        }
        Handshake pending = client.pending();
        if (pending != null && pending.isBegunBy(hello)) {
            return pending.received(datagram, datagram.readerIndex()) ? null : WireDrop.DTLS_HANDSHAKE;
        }
        DtlsPath live = client.live();
        if (live != null && live.association().isBegunBy(hello)) {
            return WireDrop.DTLS_RECORD; // a late copy of the one that began what lives
        }
        return begin(sender, client, hello);
    }

    /** The live association, if there is one, goes on until the new one stands. */
    private @Nullable WireDrop begin(InetSocketAddress sender, DtlsClient client, ClientHello hello) {
        if (!shared.handshakes().tryEnter(TransportAddress.ofInetSocketAddress(sender))) {
            loop.full(sender);
            return null;
        }
        Handshake before = client.pending();
        if (before != null) {
            before.abort();
        }
        Handshake handshake = new Handshake(
                sender,
                hello,
                shared.limits().deadline(),
                bytes -> loop.execute(() -> loop.send(sender, Unpooled.wrappedBuffer(bytes))));
        client.attempt(handshake);
        clientByAddress.put(sender, client);
        handshake.start(shared.material(), shared.random(), new Outcome());
        return null;
    }

    /** Comes back from the handshake's thread to the loop. */
    private final class Outcome implements Handshake.Outcome {
        @Override
        public void established(Handshake handshake, Association association) {
            loop.execute(() -> ended(handshake, association));
        }

        @Override
        public void failed(Handshake handshake) {
            loop.execute(() -> ended(handshake, null));
        }
    }

    private void ended(Handshake handshake, @Nullable Association association) {
        InetSocketAddress sender = handshake.client();
        shared.handshakes().leave(TransportAddress.ofInetSocketAddress(sender));
        shared.handshakeEnded(association != null);
        DtlsClient client = clientByAddress.get(sender);
        if (client == null || client.pending() != handshake) {
            return; // given up in favour of a later one
        }
        client.attempt(null);
        if (association != null) {
            establish(client, association);
            for (byte[] record : handshake.early()) {
                received(sender, Unpooled.wrappedBuffer(record));
            }
        }
        forgetIfEmpty(sender, client);
    }

    private void establish(DtlsClient client, Association association) {
        InetSocketAddress sender = association.client();
        DtlsPath before = client.live();
        if (before != null) {
            end(client, before);
        }
        if (!shared.associations().tryEnter(TransportAddress.ofInetSocketAddress(sender))) {
            loop.full(sender);
            return;
        }
        association.heardAt(loop.nowNanos());
        client.establish(new DtlsPath(association, loop, scratch));
    }

    /** False if the record is not authentic, or was seen before. */
    private boolean opened(DtlsClient client, DtlsPath live, ByteBuf datagram, int at) {
        Association association = live.association();
        byte[] plaintext = scratch.opened();
        int bytes = association.open(datagram, at, scratch.received(), plaintext);
        if (bytes < 0) {
            return false;
        }
        association.heardAt(loop.nowNanos());
        switch (DtlsRecord.type(datagram, at)) {
            case DtlsRecord.APPLICATION_DATA -> {
                association.forgetLastFlight();
                handOn(association.client(), plaintext, bytes);
            }
            case DtlsRecord.HANDSHAKE -> {
                for (byte[] sent : association.lastFlight()) {
                    loop.send(association.client(), Unpooled.wrappedBuffer(sent));
                }
            }
            case DtlsRecord.ALERT -> {
                if (Alert.ends(plaintext, bytes)) {
                    live.closeNotify();
                    end(client, live);
                    forgetIfEmpty(association.client(), client);
                }
            }
            default -> loop.dropped(WireDrop.DTLS_RECORD);
        }
        return true;
    }

    private void handOn(InetSocketAddress sender, byte[] plaintext, int bytes) {
        if (bytes == 0) {
            return;
        }
        ByteBuf message = loop.alloc().directBuffer(bytes).writeBytes(plaintext, 0, bytes);
        boolean handedOn = false;
        try {
            handedOn = loop.received(sender, message);
        } finally {
            if (!handedOn) {
                message.release();
            }
        }
    }

    private void end(DtlsClient client, DtlsPath live) {
        InetSocketAddress sender = live.association().client();
        live.close();
        client.establish(null);
        shared.associations().leave(TransportAddress.ofInetSocketAddress(sender));
        loop.gone(sender);
    }

    private void forgetIfEmpty(InetSocketAddress sender, DtlsClient client) {
        if (client.isEmpty()) {
            clientByAddress.remove(sender);
        }
    }

    /** Ends associations over which nothing has come for long and that carry no allocation. Called now and then. */
    void endIdle() {
        long now = loop.nowNanos();
        List<DtlsClient> idle = new ArrayList<>();
        for (DtlsClient client : clientByAddress.values()) {
            DtlsPath live = client.live();
            if (live != null
                    && now - live.association().heardNanos()
                            >= shared.limits().idle().toNanos()
                    && !loop.hasAllocation(live.association().client())) {
                idle.add(client);
            }
        }
        for (DtlsClient client : idle) {
            DtlsPath live = client.live();
            if (live != null) {
                live.closeNotify();
                end(client, live);
                forgetIfEmpty(live.association().client(), client);
            }
        }
    }
}
