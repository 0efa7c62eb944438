package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AdditionalAddressFamily;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.ice.stun.attribute.DontFragment;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.testing.SeededGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One run of random clients, peers, networks, sockets, clocks and operators against the servers of two event loops.
 * What happens is drawn here; what must hold after it is in {@link SimWorld}.
 */
final class TurnSim {
    private static final List<Cidr> NO_DENIALS = List.of();
    private static final List<Cidr> DENY_NINES = List.of(Cidr.parse("9.0.0.0/8"), Cidr.parse("2606:4700::/32"));
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    private static final List<TransportAddress> IPV4_PEERS = addresses("9.9.9.9:1", "9.9.9.9:2", "8.8.8.8:1");
    private static final List<TransportAddress> IPV6_PEERS =
            addresses("[2606:4700::1111]:1", "[2606:4700::1111]:2", "[2001:4860::8888]:1");
    private static final List<TransportAddress> BAD_PEERS = addresses(
            "10.0.0.1:1",
            "127.0.0.1:80",
            "203.0.113.1:3478",
            "203.0.113.1:22",
            "8.8.8.8:0",
            "[fe80::1]:1",
            "[::ffff:127.0.0.1]:1",
            "[64:ff9b::a00:1]:1");

    private final SeededGenerator seeded;
    private final SimWorld world;
    private final SimBandwidth bandwidth;
    private final SimTraffic traffic;
    private final List<SimClient.Datagram> onTheWay = new ArrayList<>();
    private final SimScale scale;
    private boolean denying;
    private boolean late;

    TurnSim(SeededGenerator seeded, SimScale scale) {
        this.seeded = seeded;
        this.scale = scale;
        this.world = new SimWorld(seeded, scale);
        this.bandwidth = new SimBandwidth(scale.bandwidth());
        this.traffic = new SimTraffic(world, bandwidth);
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            late = step > steps * 4 / 5;
            step();
        }
        world.finish();
    }

    /** Packets that reached somebody, so that a test can see that the runs are not idle. */
    int delivered() {
        return traffic.delivered();
    }

    /** Packets that were over a limit of bandwidth, moves and joined connections, for the same purpose. */
    int dropped() {
        return bandwidth.dropped();
    }

    int moved() {
        return world.moved();
    }

    int joined() {
        return world.peers().joined();
    }

    private void step() {
        if (seeded.below(scale.stepsPerMinute()) < 2) {
            advance();
        }
        SimClient client = world.someClient();
        switch (seeded.below(46)) {
            case 0, 1, 2, 3, 4, 5, 26 -> allocate(seeded.oneOf(world.clients()));
            case 6, 7, 8, 9, 10, 11, 12, 13 -> world.answerSocket();
            case 14 -> refresh(client);
            case 28 -> move(someClient(some -> some.ticket() != null));
            case 29 -> relayTcp(someClient(world::relaysTcp));
            case 15, 16, 17, 18 -> createPermission(client);
            case 19, 20, 21, 22 -> bindChannel(client);
            case 23 -> retransmit(client);
            case 24, 25 -> deliverLate();
            case 27 -> upset(client);
            default -> traffic(client);
        }
    }

    /** Rather one for which there is something to do. */
    private SimClient someClient(Predicate<SimClient> busy) {
        SimClient client = world.someClient();
        for (int tries = 0; tries < 8 && !busy.test(client); tries++) {
            client = world.someClient();
        }
        return client;
    }

    private void allocate(SimClient client) {
        List<Attribute> wishes = new ArrayList<>();
        boolean tcp = seeded.chance(client.key().transport().isStream() ? 45 : 2);
        wishes.add(new RequestedTransport(tcp ? RequestedTransport.TCP : RequestedTransport.UDP));
        if (seeded.chance(tcp ? 5 : 40)) {
            wishes.add(MobileTurn.WISH);
        }
        if (seeded.chance(60)) {
            wishes.add(new Lifetime(seeded.between(0, 5000)));
        }
        switch (seeded.below(10)) {
            case 0, 1, 2 -> wishes.add(AdditionalAddressFamily.of(AddressFamily.IPV6));
            case 3 -> wishes.add(RequestedAddressFamily.of(AddressFamily.IPV6));
            case 4 -> wishes.add(new RequestedAddressFamily(seeded.between(0, 3)));
            case 5 -> wishes.add(new EvenPort(true));
            case 6 -> wishes.add(new EvenPort(false));
            case 7 -> {
                ReservationToken token = seeded.oneOf(world.clients()).takeToken();
                wishes.add(token == null ? new EvenPort(true) : token);
            }
            default -> {}
        }
        if (seeded.chance(5)) {
            wishes.add(new DontFragment());
        }
        request(client, StunMethod.ALLOCATE, wishes);
    }

    private void refresh(SimClient client) {
        List<Attribute> wishes = new ArrayList<>();
        if (seeded.chance(80)) {
            wishes.add(new Lifetime(seeded.chance(40) ? 0 : seeded.between(1, 5000)));
        }
        if (seeded.chance(40)) {
            wishes.add(RequestedAddressFamily.of(seeded.oneOf(AddressFamily.values())));
        }
        request(client, StunMethod.REFRESH, wishes);
    }

    /** Mostly the owner's ticket from elsewhere; sometimes from here, or in the hands of another. */
    private void move(SimClient client) {
        Bytes ticket = client.ticket();
        if (ticket == null) {
            return;
        }
        SimClient from = seeded.chance(70)
                ? world.elsewhere(client)
                : seeded.chance(50) ? client : seeded.oneOf(world.clients());
        List<Attribute> wishes = new ArrayList<>();
        wishes.add(new MobilityTicket(seeded.chance(95) ? ticket : Bytes.of(seeded.bytes(32))));
        if (seeded.chance(30)) {
            wishes.add(new Lifetime(seeded.chance(20) ? 0 : seeded.between(1, 5000)));
        }
        request(from, StunMethod.REFRESH, wishes);
        if (seeded.chance(50)) {
            traffic(from);
        }
    }

    /** What happens around the TCP connections of an allocation (RFC 6062). */
    private void relayTcp(SimClient client) {
        if (seeded.chance(60)) {
            request(client, StunMethod.CONNECT, List.of(new XorPeerAddress(somePeer(client))));
        }
        if (seeded.chance(30)) {
            world.peerArrives(client, somePeer(client));
        }
        if (seeded.chance(70)) {
            world.upsetPeerConnection();
        }
        Integer id = world.peers().someId();
        if (id != null && seeded.chance(70)) {
            SimClient data = seeded.chance(90) ? world.dataConnectionFor(id) : client;
            request(data, StunMethod.CONNECTION_BIND, List.of(new ConnectionId(Integer.toUnsignedLong(id))));
        }
        if (seeded.chance(30)) {
            world.upsetPeerConnection();
        }
    }

    private void createPermission(SimClient client) {
        List<Attribute> wishes = new ArrayList<>();
        for (int i = seeded.chance(70) ? 1 : seeded.between(0, 3); i > 0; i--) {
            wishes.add(new XorPeerAddress(somePeer(client)));
        }
        request(client, StunMethod.CREATE_PERMISSION, wishes);
    }

    private void bindChannel(SimClient client) {
        request(
                client,
                StunMethod.CHANNEL_BIND,
                List.of(new ChannelNumber(someChannel()), new XorPeerAddress(somePeer(client))));
    }

    /** Most arrive at once; some later, in another order, or never. */
    private void request(SimClient client, StunMethod method, List<Attribute> attributes) {
        SimClient.Datagram datagram = world.request(client, method, attributes);
        if (seeded.chance(85)) {
            world.receive(datagram);
        } else if (seeded.chance(80)) {
            onTheWay.add(datagram);
        }
    }

    private void retransmit(SimClient client) {
        SimClient.Datagram last = client.last();
        if (last != null) {
            world.receive(last);
        }
    }

    private void deliverLate() {
        if (!onTheWay.isEmpty()) {
            SimClient.Datagram late = seeded.oneOf(onTheWay);
            if (seeded.chance(70)) { // else it comes once more
                onTheWay.remove(late);
            }
            world.receive(late);
        }
    }

    /** To a tick before, at, or after the next deadline, or a little further on; timers may be late. */
    private void advance() {
        long next = world.nextDeadlineNanos();
        long now = world.nowNanos();
        long to = next == Long.MAX_VALUE || seeded.chance(40)
                ? now + seeded.below(60) * SECOND
                : next + seeded.between(-1, 1);
        world.advanceTo(Math.max(to, now), seeded.chance(80));
    }

    /** What operators, rooms, connections and the operating system do. */
    private void upset(SimClient client) {
        switch (seeded.below(16)) {
            case 0 -> world.revoke(client.identity.name());
            case 1, 2 -> world.scope().shutOut(somePeer(client));
            case 3, 4, 5 -> world.scope().letIn(somePeer(client));
            case 6, 7 -> {
                denying = !denying;
                world.changeRules(denying ? DENY_NINES : NO_DENIALS);
            }
            case 8, 9 -> world.loseRelay();
            case 10, 11 -> world.clientGone(client);
            case 12 -> {
                if (seeded.chance(20)) {
                    world.stepWallClock(seeded.chance(50) ? DAY : -DAY);
                }
            }
            case 13, 14 ->
                world.stand(
                        client.identity.name(),
                        seeded.chance(60) ? Users.Standing.GOOD : seeded.oneOf(Users.Standing.values()));
            default -> {
                if (late && seeded.chance(50)) {
                    world.drain();
                }
            }
        }
    }

    private void traffic(SimClient client) {
        switch (seeded.below(5)) {
            case 0, 1 -> traffic.channelData(client, someChannel());
            case 2 -> traffic.send(client, somePeer(client));
            case 3 -> traffic.fromPeer(client, somePeer(client));
            default -> traffic.icmp(client, somePeer(client), seeded.below(12));
        }
    }

    private int someChannel() {
        return 0x4000 + seeded.below(4);
    }

    /** Of a family the client can reach, mostly. */
    private TransportAddress somePeer(SimClient client) {
        AddressFamily family = seeded.chance(90) ? world.someFamilyOf(client) : seeded.oneOf(AddressFamily.values());
        if (seeded.chance(25)) {
            TransportAddress live = world.someLiveRelay(family);
            if (live != null) {
                return live;
            }
        }
        if (seeded.chance(8)) {
            return seeded.oneOf(BAD_PEERS);
        }
        return seeded.oneOf(family == AddressFamily.IPV4 ? IPV4_PEERS : IPV6_PEERS);
    }

    private static List<TransportAddress> addresses(String... texts) {
        return Stream.of(texts).map(TransportAddress::parse).toList();
    }
}
