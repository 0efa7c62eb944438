package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one client with a good credential can take from others: rows 7, 12 to 14 and 17 of the abuse table, and rows 32
 * and 41 of the table of past mistakes. Each test prints what it measured.
 */
class HoardingTest {
    private static final int CHANNEL = 0x4000;
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");

    @Test
    void row7JunkAtARelayPortGetsNoAnswer() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            TransportAddress relayed = alice.allocate();
            int packets = 10_000;
            for (int i = 0; i < packets; i++) {
                relay.fromPeer(TransportAddress.parse("203.0.113.77:" + (1 + i)), relayed, "cafe");
            }
            int out = RelayFixture.sent(relay.listener(0)).size()
                    + RelayFixture.sent(relay.relay(relayed)).size();
            System.out.printf("row 7: %d packets of strangers, %d out%n", packets, out);
            assertThat(out).isZero();
            assertThat(relay.counters().drops(DropReason.NO_PERMISSION)).isEqualTo(packets);
        }
    }

    @Test
    void row12QuotasHoldAtTheirEdgesAndEverythingComesBack() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(3, 5, 7));
        try (RelayFixture relay = RelayFixture.withQuotas(quotas)) {
            List<FakeClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(allocated(relay, "192.0.2.1:" + (5000 + i), "ann"));
            }
            assertThat(codeOf(relay, "192.0.2.9:5000", "ann")).isEqualTo(486);
            clients.add(allocated(relay, "192.0.2.1:5003", "bob"));
            clients.add(allocated(relay, "192.0.2.1:5004", "bob"));
            assertThat(codeOf(relay, "192.0.2.1:5005", "eve")).isEqualTo(486);
            clients.add(allocated(relay, "192.0.2.2:5000", "eve"));
            clients.add(allocated(relay, "192.0.2.2:5001", "eve"));
            assertThat(codeOf(relay, "192.0.2.3:5000", "zoe")).isEqualTo(508);
            assertThat(relay.counters().refusals(RefusalReason.USER_QUOTA)).isEqualTo(1);
            assertThat(relay.counters().refusals(RefusalReason.ADDRESS_QUOTA)).isEqualTo(1);
            assertThat(relay.counters().refusals(RefusalReason.TOTAL_QUOTA)).isEqualTo(1);

            clients.forEach(client -> client.request(StunMethod.REFRESH, new Lifetime(0)));
            System.out.printf(
                    "row 12: %d allocations and %d users left, %d ports free of 100%n",
                    quotas.total(), quotas.users(), relay.core(0).freePorts());
            assertThat(quotas.total()).isZero();
            assertThat(quotas.users()).isZero();
            assertThat(relay.core(0).freePorts()).isEqualTo(100);
        }
    }

    @Test
    void row12AnEmptyPoolIs508AndPortsAreConserved() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            List<FakeClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(allocated(relay, "192.0.2." + (1 + i) + ":5000", "user" + i));
            }
            assertThat(relay.core(0).freePorts()).isZero();
            assertThat(codeOf(relay, "192.0.2.200:5000", "late")).isEqualTo(508);
            clients.getFirst().request(StunMethod.REFRESH, new Lifetime(0));
            allocated(relay, "192.0.2.201:5000", "later");
            assertThat(relay.core(0).freePorts()).isZero();
        }
    }

    @Test
    void row13And32PermissionsAndChannelsAreCapped() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient alice = allocated(relay, "192.0.2.1:5000", "alice");
            int permitted = 0;
            int bound = 0;
            for (int i = 1; i <= 1000; i++) {
                TransportAddress peer = new TransportAddress(AddressFamily.IPV4, 0, 0x0101_0000L + i, 1000);
                permitted += code(alice.permit(peer)) == 0 ? 1 : 0;
            }
            for (int i = 1; i <= 200; i++) {
                TransportAddress peer = new TransportAddress(AddressFamily.IPV4, 0, 0x0101_0000L + i, 1000);
                bound += code(alice.bind(CHANNEL + i, peer)) == 0 ? 1 : 0;
            }
            System.out.printf("row 13: %d of 1000 permissions, %d of 200 channels%n", permitted, bound);
            assertThat(permitted).isEqualTo(256);
            assertThat(bound).isEqualTo(128);
            assertThat(code(alice.bind(0x5000, PEER))).isEqualTo(400);
            assertThat(code(alice.bind(0x3FFF, PEER))).isEqualTo(400);
            assertThat(relay.counters().refusals(RefusalReason.PERMISSION_LIMIT))
                    .isEqualTo(1000 - 256);
            assertThat(relay.counters().refusals(RefusalReason.CHANNEL_LIMIT)).isEqualTo(200 - 128);
        }
    }

    @Test
    void row14OnePermissionIsNoPortScanner() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            TransportAddress relayed = alice.allocate();
            alice.permit(PEER);
            int sentInTenSeconds = 0;
            for (int i = 0; i < 10_000; i++) {
                alice.send(sendIndication(PEER.withPort(1 + i), i));
                relay.advance(Duration.ofMillis(1));
                sentInTenSeconds += RelayFixture.sent(relay.relay(relayed)).size();
            }
            System.out.printf("row 14: 10000 ports tried in 10 s, %d reached%n", sentInTenSeconds);
            assertThat(sentInTenSeconds).isLessThanOrEqualTo(256);
            assertThat(relay.counters().drops(DropReason.PEER_LIMIT)).isPositive();
        }
    }

    @Test
    void row17AHairpinEndsAfterOneDelivery() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(0, "192.0.2.2:5000", "bob");
            TransportAddress ofAlice = alice.allocate();
            TransportAddress ofBob = bob.allocate();
            alice.bind(CHANNEL, ofBob);
            bob.bind(CHANNEL, ofAlice);
            alice.send(FakeClient.channelData(CHANNEL, "cafe"));
            relay.runTasks();

            assertThat(RelayFixture.sent(relay.listener(0))).containsExactly("192.0.2.2:5000 40000002cafe");
            assertThat(RelayFixture.sent(relay.relay(ofAlice))).isEmpty();
            assertThat(RelayFixture.sent(relay.relay(ofBob))).isEmpty();
            long deliveries = relay.counters().packets(PacketClass.HAIRPIN);
            System.out.printf("row 17: one packet between two relays, %d delivery%n", deliveries);
            assertThat(deliveries).isEqualTo(1);
            assertThat(code(alice.bind(CHANNEL + 1, ofAlice))).isEqualTo(403);
            assertThat(code(alice.bind(CHANNEL + 1, RelayFixture.SERVER))).isEqualTo(403);
        }
    }

    @Test
    void row41WhatTheSystemRefusesLeavesNothingBehind() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(9, 9, 9));
        try (RelayFixture relay = RelayFixture.withQuotas(quotas)) {
            int sockets = relay.sockets().count();
            for (int i = 0; i < 100; i++) {
                relay.sockets().refuse(new int[] {-24, -24, -24, -24, -24, -24, -24, -24});
                assertThat(codeOf(relay, "192.0.2." + (1 + i) + ":5000", "ann")).isEqualTo(508);
            }
            System.out.printf(
                    "row 41: %d sockets before, %d after 100 failures; %d allocations%n",
                    sockets, relay.sockets().count(), quotas.total());
            assertThat(relay.sockets().count()).isEqualTo(sockets);
            assertThat(quotas.total()).isZero();
            assertThat(relay.core(0).freePorts()).isEqualTo(100);
        }
    }

    private static FakeClient allocated(RelayFixture relay, String address, String name) {
        FakeClient client = relay.client(0, address, name);
        client.allocate();
        return client;
    }

    private static int codeOf(RelayFixture relay, String address, String name) {
        return code(relay.client(0, address, name).allocateAnswer());
    }

    private static int code(StunMessage answer) {
        ErrorCode error = answer.find(ErrorCode.class);
        return error == null ? 0 : error.code();
    }

    private static ByteBuf sendIndication(TransportAddress peer, int number) {
        ByteBuf message = Unpooled.buffer();
        StunEncoder.writeSendIndicationHeader(message, new TransactionId(2, number), peer, Integer.BYTES);
        return message.writeInt(number);
    }
}
