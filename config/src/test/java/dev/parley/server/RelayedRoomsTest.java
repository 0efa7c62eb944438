package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.credential.MemberNames;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RelayedRoomsTest {
    private final RoomBook book = new RoomBook();

    private void enter(String room, String member, String user) {
        RoomName name = Objects.requireNonNull(RoomName.find(room));
        book.entered(name, new SessionId(member), IpAddress.parse("192.0.2.1"));
        book.joined(name, new SessionId(member), UserId.find(user));
    }

    private static Usage usage(String member, ClientTransport transport, long bytesUp, long bytesDown) {
        return new Usage(MemberNames.of(member), transport, Duration.ofSeconds(9), bytesUp, bytesDown, 2, 2, 1);
    }

    private JsonNode page(RelayedRooms rooms, String after) {
        return JsonMapper.shared().readTree(rooms.json(book, after));
    }

    @Test
    void whoIsRelayedIsShownFirstWithTransportAndRate() {
        enter("garden", "a", "ann");
        enter("garden", "b", "");
        var rooms = new RelayedRooms(
                List.of(usage("b", ClientTransport.TLS, 1000, 500)),
                List.of(
                        usage("b", ClientTransport.TLS, 3000, 1500),
                        usage("b", ClientTransport.UDP, 10, 0),
                        usage("stranger", ClientTransport.UDP, 1, 1)),
                2);

        assertThat(page(rooms, "").toString())
                .isEqualTo(("{'rooms':[{'room':'garden','members':2,'relayed':1,'shown':[{'id':'b','relays':["
                                + "{'transport':'udp','allocations':1,'seconds':9,'bytesUp':10,'bytesDown':0,"
                                + "'bytesPerSecond':5},"
                                + "{'transport':'tls','allocations':1,'seconds':9,'bytesUp':3000,'bytesDown':1500,"
                                + "'bytesPerSecond':1500}]},"
                                + "{'id':'a','user':'ann','relays':[]}]}]}")
                        .replace('\'', '"'));
    }

    @Test
    void allocationThatHasEndedMeanwhileIsNotShown() {
        enter("garden", "a", "ann");
        var rooms = new RelayedRooms(List.of(usage("a", ClientTransport.UDP, 9, 9)), List.of(), 1);

        assertThat(page(rooms, "").toString()).contains("\"relayed\":0").doesNotContain("udp");
    }

    @Test
    void pageHasItsRoomsAndNotOneMore() {
        for (int i = 0; i <= RelayedRooms.ROOMS; i++) {
            enter("room " + (100 + i), "a", "ann");
        }
        var rooms = new RelayedRooms(List.of(), List.of(), 1);
        JsonNode first = page(rooms, "");

        assertThat(first.get("rooms").size()).isEqualTo(RelayedRooms.ROOMS);
        assertThat(first.get("next").stringValue()).isEqualTo("room 199");
        JsonNode second = page(rooms, "room 199");
        assertThat(second.get("rooms").size()).isEqualTo(1);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void roomShowsItsMembersAndNotOneMore() {
        for (int i = 0; i <= RelayedRooms.MEMBERS; i++) {
            enter("garden", "m" + i, "");
        }
        JsonNode room =
                page(new RelayedRooms(List.of(), List.of(), 1), "").get("rooms").get(0);

        assertThat(room.get("members").intValue()).isEqualTo(RelayedRooms.MEMBERS + 1);
        assertThat(room.get("shown").size()).isEqualTo(RelayedRooms.MEMBERS);
    }

    @Test
    void roomIsGoneWithItsLastMember() {
        enter("garden", "a", "ann");
        enter("garden", "b", "bob");
        RoomName garden = Objects.requireNonNull(RoomName.find("garden"));
        book.departed(garden, new SessionId("a"));
        assertThat(book.after("")).hasSize(1);
        book.departed(garden, new SessionId("b"));

        assertThat(book.after("")).isEmpty();
    }
}
