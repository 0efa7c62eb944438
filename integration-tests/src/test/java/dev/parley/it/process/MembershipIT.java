package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.HubClient;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An allocation belongs to a member of a room: it reaches only that room, and it goes when the member goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipIT {
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    /** What the abuse table allows; it is a matter of milliseconds. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final String ADMIN_TOKEN = "an-admin-token-for-integration-tests";
    private static final int FORBIDDEN = 403;
    private static final int ALLOCATION_MISMATCH = 437;

    private final ParleyProcess parley = ParleyProcess.plan()
            .set("turn.relay-address", "127.0.0.1")
            .set("sessions.resume-seconds", "1")
            .set("admin.token", ADMIN_TOKEN)
            .start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @Test
    void row16LeavingTheRoomEndsTheAllocation() {
        try (var member = new HubClient(parley.page())) {
            member.join("garden");
            try (var relay = relay(member)) {
                relay.allocate();
                member.leave("garden");
                assertGone(relay);
            }
        }
    }

    @Test
    void row16VanishingEndsTheAllocationWhenNobodyCameBack() {
        try (var member = new HubClient(parley.page())) {
            member.join("garden");
            try (var relay = relay(member)) {
                relay.allocate();
                member.vanish();
                assertGone(relay);
            }
        }
    }

    @Test
    void operatorSeesWhoIsRelayedOverWhatAndHowFast() {
        try (var ann = new HubClient(parley.page());
                var bob = new HubClient(parley.page());
                var http = HttpClient.newHttpClient()) {
            ann.join("observatory");
            bob.join("observatory");
            try (var relay = relay(ann);
                    var other = relay(bob)) {
                TransportAddress peer = other.allocate();
                TransportAddress own = relay.allocate();
                assertThat(relay.permit(peer).isSuccess()).isTrue();
                assertThat(other.permit(own).isSuccess()).isTrue();
                var answer = http.sendAsync(admin("/api/v1/admin/rooms?after=observator"), BodyHandlers.ofString());
                Awaitility.await()
                        .atMost(BOUND)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> {
                            relay.send(peer, new byte[100]);
                            return answer.isDone();
                        });
                JsonNode room = JsonMapper.shared()
                        .readTree(answer.join().body())
                        .get("rooms")
                        .get(0);

                assertThat(room.get("room").stringValue()).isEqualTo("observatory");
                assertThat(room.get("relayed").intValue()).isEqualTo(2);
                JsonNode member = room.get("shown").get(0).get("relays").get(0);
                assertThat(member.get("transport").stringValue()).isEqualTo("udp");
                assertThat(member.get("bytesPerSecond").longValue()).isPositive();
                assertThat(http.sendAsync(admin("/metrics"), BodyHandlers.ofString())
                                .join()
                                .body())
                        .contains("parley_turn_relays{transport=\"udp\"}");
            }
        }
    }

    private HttpRequest admin(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parley.adminPort() + path))
                .header("Authorization", "Bearer " + ADMIN_TOKEN)
                .build();
    }

    @Test
    void row10And16CredentialsAreWorthNothingBeforeJoiningAndAfterLeaving() {
        try (var member = new HubClient(parley.page());
                var early = relay(member)) {
            assertThat(early.tryAllocate().isSuccess()).isFalse();
            member.join("garden");
            member.leave("garden");
            try (var late = relay(member)) {
                assertThat(late.tryAllocate().isSuccess()).isFalse();
            }
        }
    }

    /** What other servers gave away over HTTP: CVE-2026-100251, and temporary credentials for every caller. */
    @Test
    void row10NobodyGetsCredentialsByAskingForThem() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("api/v1/turn", "api/v1/credentials", "turn", "credentials", "api/turn", "ice")) {
                for (String method : List.of("GET", "POST")) {
                    var request = HttpRequest.newBuilder(parley.page().resolve("/" + path + "?service=turn"))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
                    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as(path).isBetween(400, 499);
                    assertThat(answer.body()).as(path).doesNotContain("credential", "password", "username");
                }
            }
        }
    }

    @Test
    void aMembersRelayDoesNotReachStrangers() {
        try (var member = new HubClient(parley.page())) {
            member.join("garden");
            try (var relay = relay(member)) {
                relay.allocate();
                TransportAddress stranger = TransportAddress.parse("5.6.7.8:9000");
                assertThat(relay.permit(stranger).code()).isEqualTo(FORBIDDEN);
                assertThat(relay.bindChannel(0x4000, stranger).code()).isEqualTo(FORBIDDEN);
            }
        }
    }

    @Test
    void membersOfOneRoomReachEachOtherFromRelayToRelay() {
        try (var ann = new HubClient(parley.page());
                var bob = new HubClient(parley.page())) {
            ann.join("garden");
            bob.join("garden");
            try (var annsRelay = relay(ann);
                    var bobsRelay = relay(bob)) {
                TransportAddress annsAddress = annsRelay.allocate();
                TransportAddress bobsAddress = bobsRelay.allocate();
                assertThat(annsRelay.permit(bobsAddress).isSuccess()).isTrue();
                assertThat(bobsRelay.permit(annsAddress).isSuccess()).isTrue();
                annsRelay.send(bobsAddress, "hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(bobsRelay.receiveText(ONE_SECOND)).contains("hello");
            }
        }
    }

    @Test
    void membersOfDifferentRoomsDoNotReachEachOther() {
        try (var ann = new HubClient(parley.page());
                var eve = new HubClient(parley.page())) {
            ann.join("garden");
            eve.join("street");
            try (var annsRelay = relay(ann);
                    var evesRelay = relay(eve)) {
                TransportAddress annsAddress = annsRelay.allocate();
                TransportAddress evesAddress = evesRelay.allocate();
                assertThat(evesRelay.permit(annsAddress).code()).isEqualTo(FORBIDDEN);
                assertThat(annsRelay.permit(evesAddress).code()).isEqualTo(FORBIDDEN);
                evesRelay.send(annsAddress, "hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(annsRelay.receive(Duration.ofMillis(300))).isNull();
            }
        }
    }

    private TurnClient relay(HubClient member) {
        return new TurnClient(parley.turnAddress(), member.credentials());
    }

    /** The allocation is gone when a Refresh finds none, or the credentials no longer count. */
    private static void assertGone(TurnClient relay) {
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(relay.refresh(Duration.ofMinutes(10)).code()).isIn(401, ALLOCATION_MISMATCH, 441));
        System.out.printf("row 16: the allocation was gone after %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }
}
