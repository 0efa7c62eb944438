package dev.parley.signaling.transport;

import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;

/** The pipeline of a new connection to the HTTP port. */
final class HttpInitializer extends ChannelInitializer<Channel> {
    private final ChannelGroup open;
    private final HubLimits limits;
    private final HubCounters counters;
    private final FaultLog faults;
    private final ConnectionCount count;
    private final ClientAddresses clients;
    private final StaticFiles files = new StaticFiles("/web");
    private final UpgradeRules upgradeRules;
    private final WebSocketUpgrade upgrade;
    private final DropIns dropIns;
    private final SessionRoutes sessionRoutes;
    private final ApiRoutes apiRoutes;

    HttpInitializer(
            ChannelGroup open,
            SignalingSettings settings,
            HubInbox hub,
            DropIns dropIns,
            List<HttpApi> apis,
            HubCounters counters,
            FaultLog faults) {
        this.open = open;
        this.dropIns = dropIns;
        this.limits = settings.limits();
        this.counters = counters;
        this.faults = faults;
        this.count = new ConnectionCount(limits);
        this.clients = settings.clients();
        this.upgradeRules = new UpgradeRules(settings.origins());
        this.upgrade = new WebSocketUpgrade(hub, limits, counters, faults);
        this.sessionRoutes = new SessionRoutes(hub, settings, counters);
        this.apiRoutes = new ApiRoutes(apis, settings.origins());
    }

    @Override
    protected void initChannel(Channel channel) {
        open.add(channel);
        channel.pipeline()
                .addLast("gate", new AddressGate(count, clients, counters))
                .addLast("http", new HttpServerCodec(decoderConfig()))
                .addLast("deadline", new RequestDeadline(limits.of(HubLimit.REQUEST_SECONDS)))
                .addLast(
                        "routes",
                        new RouteHandler(
                                files, upgradeRules, upgrade, sessionRoutes, apiRoutes, dropIns, counters, faults));
    }

    private static HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(RequestRules.MAX_LINE_BYTES)
                .setMaxHeaderSize(RequestRules.MAX_HEADER_BYTES)
                .setStrictLineParsing(true)
                .setAllowDuplicateContentLengths(false);
    }
}
