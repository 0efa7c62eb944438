package dev.parley.it.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManyMembersIT {
    private static final int MEMBERS = 1000;
    private static final HubLimits ROOMY = HubLimits.defaults()
            .with(HubLimit.SESSIONS_PER_ADDRESS, 10_000)
            .with(HubLimit.CONNECTIONS_PER_ADDRESS, 10_000)
            .with(HubLimit.RESUME_SECONDS, 1)
            .with(HubLimit.JOIN_SECONDS, 300);

    @Test
    void thousandMembersMeetInOneRoomAndNothingIsLeftOfThem() throws IOException {
        try (HubServer hub = new HubServer(ROOMY);
                Crowd crowd = new Crowd()) {
            crowd.connect(hub.address(), MEMBERS);
            for (Crowd.Client client : crowd.clients) {
                client.socket.sendText("{\"type\":\"join\",\"room\":\"hall\",\"name\":\"somebody\"}");
            }
            Crowd.awaitThat("all have joined", () -> crowd.count("joined") == MEMBERS);
            Crowd.awaitThat(
                    "everybody sees all others",
                    () -> crowd.clients.stream().allMatch(client -> client.seen.sum() == MEMBERS - 1));
            assertThat(hub.counters.rooms()).isEqualTo(1);
            assertThat(hub.counters.members()).isEqualTo(MEMBERS);

            crowd.clients.getFirst().socket.sendText("{\"type\":\"signal\",\"room\":\"hall\",\"data\":\"all\"}");
            Crowd.awaitThat("everybody else hears one", () -> crowd.count("signal") == MEMBERS - 1);
            assertThat(crowd.clients.getFirst().signals).isEmpty();

            for (Crowd.Client client : crowd.clients.subList(0, MEMBERS / 2)) {
                client.socket.sendText("{\"type\":\"leave\",\"room\":\"hall\"}");
            }
            Crowd.awaitThat("half have left", () -> crowd.count("left") == MEMBERS / 2);
            crowd.hangUp();
            Crowd.awaitThat("nothing is left", hub::isEmpty);
            assertThat(hub.ended).hasValue(MEMBERS);
            assertThat(hub.counters.faults()).isZero();
            assertThat(hub.counters.closes().values()).containsOnly(0L);
        }
    }

    @Test
    void thousandRoomsOfTwoHearNothingOfEachOther() throws IOException {
        try (HubServer hub = new HubServer(ROOMY);
                Crowd crowd = new Crowd()) {
            crowd.connect(hub.address(), 2 * MEMBERS);
            for (int i = 0; i < 2 * MEMBERS; i++) {
                crowd.clients.get(i).socket.sendText("{\"type\":\"join\",\"room\":\"room" + i / 2 + "\"}");
            }
            Crowd.awaitThat("all have joined", () -> crowd.count("joined") == 2 * MEMBERS);
            Crowd.awaitThat(
                    "everybody sees one other",
                    () -> crowd.clients.stream().allMatch(client -> client.seen.sum() == 1));
            for (int i = 0; i < 2 * MEMBERS; i++) {
                String target = crowd.clients.get(i ^ 1).id;
                String room = "room" + i / 2;
                crowd.clients
                        .get(i)
                        .socket
                        .sendText("{\"type\":\"signal\",\"room\":\"" + room + "\",\"to\":\"" + target
                                + "\",\"data\":\"for " + room + ".\"}");
            }
            Crowd.awaitThat("all signals have come", () -> crowd.count("signal") == 2 * MEMBERS);
            for (int i = 0; i < 2 * MEMBERS; i++) {
                assertThat(crowd.clients.get(i).signals)
                        .singleElement()
                        .asString()
                        .contains("\"for room" + i / 2 + ".\"")
                        .contains("\"from\":\"" + crowd.clients.get(i ^ 1).id + "\"");
            }
            assertThat(hub.counters.rooms()).isEqualTo(MEMBERS);
            crowd.hangUp();
            Crowd.awaitThat("nothing is left", hub::isEmpty);
            assertThat(hub.counters.faults()).isZero();
        }
    }

    @Test
    void drainSendsEverybodyAwayAndEnds() throws IOException {
        try (HubServer hub = new HubServer(ROOMY);
                RawWebSocket ann = new RawWebSocket(hub.address());
                RawWebSocket bob = new RawWebSocket(hub.address())) {
            for (RawWebSocket client : new RawWebSocket[] {ann, bob}) {
                client.sendText("{\"type\":\"join\",\"room\":\"r\"}");
                client.readUntil("joined");
            }
            ann.readUntil("member-joined");
            assertThat(hub.drain(Duration.ofSeconds(30))).isTrue();
            for (RawWebSocket client : new RawWebSocket[] {ann, bob}) {
                assertThat(client.read().text()).matches("4010 going-away; reconnect-after=[0-9]+");
                assertThat(client.isAtEnd()).isTrue();
            }
            Crowd.awaitThat("nothing is left", hub::isEmpty);
        }
    }
}
