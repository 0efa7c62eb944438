package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.MemberView;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomAnswer.Reason;
import dev.parley.signaling.core.RoomChange;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.RoomOrder;
import dev.parley.signaling.core.RoomView;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomApiTest {
    private static final RoomName GARDEN = new RoomName("garden");
    private static final String KEY = "Bearer desk.d3sk";
    private static final String ROOM = "/api/v1/rooms/garden";

    private final List<RoomOrder> orders = new ArrayList<>();
    private RoomAnswer next = new RoomAnswer.Done();
    private final RoomApi api = new RoomApi(
            new ApiKeys(((ApiKeyLines.Result.Read) ApiKeyLines.read(List.of(
                            "desk sha256:" + ApiKey.hash("d3sk") + " scope=rooms per-minute=3",
                            "shop sha256:" + ApiKey.hash("sh0p"))))
                    .keys()),
            (order, answer) -> {
                orders.add(order);
                answer.accept(next);
            },
            new ApiCounters(),
            () -> 7);

    private ApiAnswer ask(String method, String path, @Nullable String json, @Nullable String authorization) {
        List<ApiAnswer> answers = new ArrayList<>();
        ApiBody body = json == null ? ApiBody.NONE : Objects.requireNonNull(ApiBody.findJson(json));
        IpAddress remote = IpAddress.parse("198.51.100.7");
        api.answer(new ApiRequest(method, path, Map.of(), body, authorization, null, remote), answers::add);
        return answers.getFirst();
    }

    @Test
    void roomIsMadeWithWhatIsSaidAndTheUsualOtherwise() {
        next = new RoomAnswer.Seen(GARDEN, RoomView.OPEN, List.of(), 0, 3600, true);
        assertThat(ask("PUT", ROOM, "{}", KEY).status()).isEqualTo(201);
        ask(
                "PUT",
                ROOM,
                "{\"locked\":true,\"password\":\"x\",\"waitingRoom\":false,\"relayOnly\":true,\"maxMembers\":7,"
                        + "\"emptySeconds\":60,\"metadata\":{\"a\":[1]}}",
                KEY);
        assertThat(orders)
                .containsExactly(
                        new RoomOrder.Keep(GARDEN, new RoomChange(null, null, null, null, null, false, null), 3600),
                        new RoomOrder.Keep(
                                GARDEN,
                                new RoomChange(true, "x", false, true, 7, true, new JsonText("{\"a\":[1]}")),
                                60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"locked\":1}",
                "{\"locked\":\"yes\"}",
                "{\"lock\":true}",
                "{\"maxMembers\":-1}",
                "{\"maxMembers\":10001}",
                "{\"emptySeconds\":0}",
                "{\"emptySeconds\":1.5}",
                "{\"metadata\":\"text\"}",
                "{\"password\":{}}"
            })
    void settingsThatCannotBeAreRefused(String json) {
        assertThat(ask("PUT", ROOM, json, KEY).problem()).isEqualTo(ApiProblem.BAD_SETTINGS);
        assertThat(orders).isEmpty();
    }

    @Test
    void roomAndItsMembersAreShown() {
        Presence presence = new Presence(null, new JsonText("{\"x\":1}"));
        next = new RoomAnswer.Seen(
                GARDEN,
                new RoomView(true, true, false, false, 7, new JsonText("{}")),
                List.of(new RoomAnswer.Seat(
                        new MemberView(new SessionId("ann"), Role.HOST, presence), UserId.find("ann@example"))),
                2,
                60,
                false);
        ApiAnswer answer = ask("GET", ROOM, null, KEY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"room\":\"garden\",\"locked\":true,\"hasPassword\":true,\"waitingRoom\":false,"
                        + "\"relayOnly\":false,"
                        + "\"maxMembers\":7,\"metadata\":{},\"emptySeconds\":60,\"waiting\":2,"
                        + "\"members\":[{\"id\":\"ann\","
                        + "\"role\":\"host\",\"user\":\"ann@example\",\"metadata\":{\"x\":1}}]}");
        assertThat(ask("GET", ROOM + "/members", null, KEY).body()).isEqualTo(answer.body());
    }

    @Test
    void membersAreDismissedAndRoomsEnded() {
        assertThat(ask("DELETE", ROOM + "/members/ann", null, KEY).status()).isEqualTo(204);
        assertThat(ask("DELETE", ROOM, null, KEY).status()).isEqualTo(204);
        assertThat(orders)
                .containsExactly(new RoomOrder.Dismiss(GARDEN, new SessionId("ann")), new RoomOrder.End(GARDEN));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonOfTheHubHasItsAnswer(Reason reason) {
        next = new RoomAnswer.Refused(reason);
        assertThat(ask("GET", ROOM, null, KEY).status()).isBetween(400, 599);
    }

    @ParameterizedTest
    @CsvSource({
        "'', NO_KEY",
        "Bearer desk.wrong, WRONG_KEY",
        "Bearer shop.sh0p, WRONG_SCOPE",
        "Bearer a.b.c, WRONG_SCOPE",
    })
    void onlyKeysForRoomsMayAsk(String authorization, ApiProblem problem) {
        assertThat(ask("DELETE", ROOM, null, authorization).problem()).isEqualTo(problem);
        assertThat(orders).isEmpty();
    }

    @Test
    void rateIsThatOfTheKeyAndOtherMethodsAndNamesAreRefused() {
        assertThat(ask("POST", ROOM, null, KEY).problem()).isEqualTo(ApiProblem.METHOD);
        assertThat(ask("GET", "/api/v1/rooms/ x", null, KEY).problem()).isEqualTo(ApiProblem.BAD_ROOM_NAME);
        ask("GET", ROOM, null, KEY);
        ask("GET", ROOM, null, KEY);
        assertThat(ask("GET", ROOM, null, KEY).problem()).isEqualTo(ApiProblem.TOO_MANY);
        assertThat(api.serves("/api/v1/rooms")).isFalse();
    }
}
