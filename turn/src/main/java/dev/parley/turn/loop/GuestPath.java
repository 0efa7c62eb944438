package dev.parley.turn.loop;

import dev.parley.turn.core.ClientKey;
import dev.parley.turn.socket.HeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a client whose packets arrive on another event loop. Answers go by that loop, so that it knows a
 * client before the client knows that it has moved; data too, unless this loop has a way of its own.
 *
 * @param arrivingAt the loop where its packets arrive
 * @param direct this loop's own way, or null if the client has a connection on the other one
 */
record GuestPath(
        ClientKey client, Visitors arrivingAt, @Nullable ClientPath direct) implements ClientPath {
    /** Does something with the path that the other loop has. */
    @FunctionalInterface
    private interface Use {
        void use(ClientPath path, ByteBuf packet);
    }

    @Override
    public ByteBufAllocator alloc() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public void channelData(ByteBuf payload, int header) {
        channelData(payload, header, HeaderFields.DEFAULT);
    }

    @Override
    public void channelData(ByteBuf payload, int header, int headerFields) {
        if (direct == null) {
            handOverCopy(payload, (path, copy) -> path.channelData(copy, header, headerFields));
        } else {
            direct.channelData(payload, header, headerFields);
        }
    }

    @Override
    public void data(ByteBuf indication) {
        data(indication, HeaderFields.DEFAULT);
    }

    @Override
    public void data(ByteBuf indication, int headerFields) {
        if (direct == null) {
            handOver(indication, (path, message) -> path.data(message, headerFields));
        } else {
            direct.data(indication, headerFields);
        }
    }

    @Override
    public void reply(ByteBuf message) {
        handOver(message, ClientPath::reply);
    }

    @Override
    public void authenticated() {
        arrivingAt.door().tell(() -> {
            ClientPath path = arrivingAt.findPath(client);
            if (path != null) {
                path.authenticated();
            }
        });
    }

    private void handOverCopy(ByteBuf payload, Use use) {
        try {
            handOver(LoopDoor.copyOf(payload), use);
        } finally {
            payload.release();
        }
    }

    private void handOver(ByteBuf packet, Use use) {
        arrivingAt.door().handOver(packet, handed -> {
            ClientPath path = arrivingAt.findPath(client);
            if (path == null) {
                handed.release();
                arrivingAt.clientIsGone();
            } else {
                use.use(path, handed);
            }
        });
    }
}
