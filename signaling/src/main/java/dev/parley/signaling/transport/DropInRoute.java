package dev.parley.signaling.transport;

import dev.parley.ice.address.IpAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.FullHttpResponse;

/** What a request to a drop-in endpoint leads to. */
sealed interface DropInRoute {

    /** An answer; whoever takes it owns it. */
    record Answer(FullHttpResponse answer) implements DropInRoute {}

    /** A WebSocket, if the request keeps to the rules for those. */
    record Socket(Opening opening) implements DropInRoute {}

    /** A request that the protocol has no answer for. */
    record Problem(HttpProblem problem) implements DropInRoute {}

    /** Makes the handler of a new WebSocket. */
    @FunctionalInterface
    interface Opening {
        ChannelHandler open(Channel channel, IpAddress remote);
    }
}
