package dev.parley.signaling.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.ClientMessage;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.PresenceChange;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomChange;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import dev.parley.signaling.dialect.DecodeResult.NotUnderstood;
import dev.parley.signaling.dialect.DecodeResult.Understood;
import dev.parley.testing.SeededGenerator;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeDecoderTest {
    private static final RoomName ROOM = Objects.requireNonNull(RoomName.find("r"));
    private static final NativeDecoder DECODER = new NativeDecoder(HubLimits.defaults());

    private static ClientMessage understood(String text) {
        assertThat(DECODER.decode(text)).isInstanceOf(Understood.class);
        return ((Understood) DECODER.decode(text)).message();
    }

    private static NotUnderstood refused(String text) {
        assertThat(DECODER.decode(text)).as(text).isInstanceOf(NotUnderstood.class);
        return (NotUnderstood) DECODER.decode(text);
    }

    @Test
    void everyMessageIsUnderstood() {
        Presence presence = new Presence(MemberName.find("Ann"), new JsonText("{\"a\": [1, 2]}"));
        Ref ref = new Ref("7");
        String join = "{'type':'join','room':'r','name':'Ann','metadata':{'a': [1, 2]},'ref':'7'}";
        assertThat(understood(join.replace('\'', '"'))).isEqualTo(new ClientMessage.Join(ROOM, presence, null, ref));
        assertThat(understood("{\"type\":\"join\",\"room\":\"r\"}"))
                .isEqualTo(new ClientMessage.Join(ROOM, Presence.EMPTY, null, null));
        assertThat(understood("{\"room\":\"r\",\"type\":\"leave\"}")).isEqualTo(new ClientMessage.Leave(ROOM, null));
        assertThat(understood("{\"type\":\"signal\",\"room\":\"r\",\"to\":\"bob\",\"data\":1}"))
                .isEqualTo(new ClientMessage.Signal(ROOM, new SessionId("bob"), null, new JsonText("1"), null));
        assertThat(understood("{\"type\":\"update\",\"room\":\"r\",\"name\":null}"))
                .isEqualTo(new ClientMessage.Update(ROOM, new PresenceChange(true, null, false, null), null));
        assertThat(understood("{\"type\":\"update\",\"room\":\"r\",\"metadata\":{}}"))
                .isEqualTo(new ClientMessage.Update(
                        ROOM, new PresenceChange(false, null, true, new JsonText("{}")), null));
        assertThat(understood("{\"type\":\"ping\",\"ref\":\"7\"}")).isEqualTo(new ClientMessage.Ping(ref));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-12.5e-3",
                "\"text\"",
                "\"\\u00e9\\n\\\"}\"",
                "\"\u4e2d\uD83D\uDE00\"",
                "{}",
                "[]",
                "{\"a\":{\"b\":[1,{\"c\":null}]}}",
                "[ 1 , \"]\" , {\"}\":\"{\"} ]",
                "\"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\n\""
            })
    void dataIsPassedOnExactlyAsSent(String data) {
        for (String text : new String[] {
            "{\"type\":\"signal\",\"room\":\"r\",\"data\":" + data + "}",
            "{\"type\":\"signal\",\"data\" : " + data + " ,\"room\":\"r\"}",
            "{\"data\":\n" + data + "\n,\"type\":\"signal\",\"room\":\"r\"}\n"
        }) {
            assertThat(understood(text))
                    .isEqualTo(new ClientMessage.Signal(ROOM, null, null, new JsonText(data), null));
        }
    }

    @Test
    void longDataIsPassedOnExactlyAsSent() {
        String data = "\"" + "\u00e9x".repeat(30_000) + "\"";
        assertThat(understood("{\"type\":\"signal\",\"room\":\"r\",\"data\":" + data + ",\"ref\":\"1\"}"))
                .isEqualTo(new ClientMessage.Signal(ROOM, null, null, new JsonText(data), new Ref("1")));
    }

    @Test
    void fieldsNobodyKnowsAreIgnored() {
        assertThat(understood("{\"from\":\"bob\",\"type\":\"leave\",\"x\":[{}],\"room\":\"r\",\"y\":null}"))
                .isEqualTo(new ClientMessage.Leave(ROOM, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|type is missing",
                "{'type':null}|type must be",
                "{'type':1}|type must be",
                "{'type':['join']}|type must be",
                "{'type':'join'}|room is missing",
                "{'type':'join','room':null}|room must be",
                "{'type':'join','room':7}|room must be",
                "{'type':'join','room':{}}|room must be",
                "{'type':'join','room':''}|room must be",
                "{'type':'join','room':'a\\u0000'}|room must be",
                "{'type':'join','room':'\\ud800'}|room must be",
                "{'type':'join','room':'r','name':null}|name must be",
                "{'type':'join','room':'r','name':7}|name must be",
                "{'type':'join','room':'r','name':''}|name must be",
                "{'type':'join','room':'r','name':' x'}|name must be",
                "{'type':'join','room':'r','metadata':null}|metadata must be",
                "{'type':'join','room':'r','metadata':[]}|metadata must be",
                "{'type':'join','room':'r','metadata':'{}'}|metadata must be",
                "{'type':'leave'}|room is missing",
                "{'type':'signal','data':1}|room is missing",
                "{'type':'signal','room':'r'}|data is missing",
                "{'type':'signal','room':'r','to':null,'data':1}|to must be",
                "{'type':'signal','room':'r','to':'','data':1}|to must be",
                "{'type':'signal','room':'r','to':['a'],'data':1}|to must be",
                "{'type':'update','room':'r'}|name or metadata is missing",
                "{'type':'update','room':'r','name':1}|name must be",
                "{'type':'update','room':'r','metadata':1}|metadata must be",
                "{'type':'update','name':'x'}|room is missing",
                "{'type':'join','room':'r','password':7}|password must be",
                "{'type':'ping','seq':1.5}|seq must be",
                "{'type':'ping','seq':12345678901234567}|seq must be",
                "{'type':'ping','ack':null}|ack must be",
                "{'type':'ping','ref':null}|ref must be",
                "{'type':'ping','ref':7}|ref must be",
                "{'type':'ping','ref':''}|ref must be"
            })
    void everyFieldMissingNullOrOfTheWrongTypeIsNamed(String text, String detail) {
        NotUnderstood refused = refused(text.replace('\'', '"'));

        assertThat(refused.refusal()).isEqualTo(Refusal.BAD_MESSAGE);
        assertThat(refused.detail()).startsWith(detail);
    }

    @Test
    void valuesOfTheRoomAreUnderstood() {
        MemberName key = Objects.requireNonNull(MemberName.find("k"));
        assertThat(understood("{\"type\":\"set\",\"room\":\"r\",\"key\":\"k\",\"value\":{\"a\": 1}}"))
                .isEqualTo(new ClientMessage.SetKey(ROOM, key, new JsonText("{\"a\": 1}"), null));
        assertThat(understood("{\"type\":\"set\",\"room\":\"r\",\"key\":\"k\",\"value\":null}"))
                .isEqualTo(new ClientMessage.SetKey(ROOM, key, null, null));
    }

    @Test
    void whatHostsSayIsUnderstood() {
        SessionId bob = new SessionId("bob");
        assertThat(understood("{\"type\":\"kick\",\"room\":\"r\",\"id\":\"bob\"}"))
                .isEqualTo(new ClientMessage.Expel(ROOM, bob, false, null));
        assertThat(understood("{\"type\":\"ban\",\"room\":\"r\",\"id\":\"bob\"}"))
                .isEqualTo(new ClientMessage.Expel(ROOM, bob, true, null));
        assertThat(understood("{\"type\":\"role\",\"room\":\"r\",\"id\":\"bob\",\"role\":\"listener\"}"))
                .isEqualTo(new ClientMessage.SetRole(ROOM, bob, Role.LISTENER, null));
        assertThat(understood("{\"type\":\"admit\",\"room\":\"r\",\"id\":\"bob\",\"ref\":\"1\"}"))
                .isEqualTo(new ClientMessage.AnswerKnock(ROOM, bob, true, new Ref("1")));
        assertThat(understood("{\"type\":\"refuse\",\"room\":\"r\",\"id\":\"bob\"}"))
                .isEqualTo(new ClientMessage.AnswerKnock(ROOM, bob, false, null));
        assertThat(understood("{\"type\":\"configure\",\"room\":\"r\",\"waitingRoom\":false,\"relayOnly\":true}"))
                .isEqualTo(new ClientMessage.Configure(
                        ROOM, new RoomChange(null, null, false, true, null, false, null), null));
        assertThat(understood("{\"type\":\"configure\",\"room\":\"r\",\"locked\":true,\"maxMembers\":9}"))
                .isEqualTo(new ClientMessage.Configure(
                        ROOM, new RoomChange(true, null, null, null, 9, false, null), null));
        assertThat(understood("{\"type\":\"configure\",\"room\":\"r\",\"password\":null,\"maxMembers\":null,"
                        + "\"metadata\":null}"))
                .isEqualTo(
                        new ClientMessage.Configure(ROOM, new RoomChange(null, "", null, null, 0, true, null), null));
    }

    @Test
    void helloAndResumeAreUnderstood() {
        assertThat(DECODER.decode("{\"type\":\"hello\"}")).isEqualTo(new DecodeResult.Hello(null, null, null));
        assertThat(DECODER.decode("{\"type\":\"resume\",\"token\":\"ann.s\",\"received\":7,\"ref\":\"1\"}"))
                .isEqualTo(new DecodeResult.Resume(new ResumeKey(new SessionId("ann"), "s"), 7, new Ref("1")));
    }

    @Test
    void numbersOfAMessageAreRead() {
        assertThat(DECODER.decode("{\"type\":\"ack\",\"seq\":3,\"ack\":9007199254740991}"))
                .isEqualTo(new Understood(new Stamp(3, 9_007_199_254_740_991L), new ClientMessage.Acknowledge()));
        assertThat(DECODER.decode("{\"type\":\"knit\",\"seq\":3}"))
                .extracting(result -> ((NotUnderstood) result).stamp())
                .isEqualTo(new Stamp(3, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'type':'set','room':'r','value':1}|key is missing",
                "{'type':'set','room':'r','key':' x','value':1}|key must be",
                "{'type':'set','room':'r','key':'k'}|value is missing",
                "{'type':'kick','room':'r'}|id is missing",
                "{'type':'ban','room':'r','id':''}|id must be",
                "{'type':'role','room':'r','id':'x','role':'king'}|role must be",
                "{'type':'configure','room':'r'}|locked or password or waitingRoom or relayOnly or maxMembers or"
                        + " metadata is missing",
                "{'type':'configure','room':'r','locked':'true'}|locked must be",
                "{'type':'configure','room':'r','locked':null}|locked must be",
                "{'type':'configure','room':'r','waitingRoom':1}|waitingRoom must be",
                "{'type':'configure','room':'r','relayOnly':'yes'}|relayOnly must be",
                "{'type':'admit','room':'r'}|id is missing",
                "{'type':'refuse','room':'r','id':7}|id must be",
                "{'type':'configure','room':'r','maxMembers':0}|maxMembers must be",
                "{'type':'configure','room':'r','maxMembers':1000000}|maxMembers must be",
                "{'type':'configure','room':'r','password':''}|password must be",
                "{'type':'resume','received':1}|token is missing",
                "{'type':'resume','token':'abc','received':1}|token must be",
                "{'type':'resume','token':'a.b','received':-1}|received must be",
                "{'type':'resume','token':'a.b','received':'1'}|received must be",
                "{'type':'signal','room':'r','toRole':'king','data':1}|toRole must be",
                "{'type':'signal','room':'r','to':'x','toRole':'host','data':1}|to must be absent"
            })
    void everyWrongFieldOfWhatRoomsAreAskedIsNamed(String text, String detail) {
        everyFieldMissingNullOrOfTheWrongTypeIsNamed(text, detail);
    }

    @Test
    void unknownTypeIsSaidToBeOneAndKeepsItsRef() {
        NotUnderstood refused = refused("{\"type\":\"knit\",\"ref\":\"9\"}");

        assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_TYPE);
        assertThat(refused.ref()).isEqualTo(new Ref("9"));
    }

    @Test
    void refHasItsLengthAndNotOneMore() {
        String longest = "x".repeat(Ref.MAX_LENGTH);
        assertThat(understood("{\"type\":\"ping\",\"ref\":\"" + longest + "\"}").ref())
                .isEqualTo(new Ref(longest));
        assertThat(refused("{\"type\":\"ping\",\"ref\":\"" + longest + "x\"}").ref())
                .isNull();
    }

    @Test
    void targetHasItsLengthAndNotOneMore() {
        String longest = "x".repeat(SessionId.MAX_LENGTH);
        assertThat(understood("{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"to\":\"" + longest + "\"}"))
                .isInstanceOf(ClientMessage.Signal.class);
        assertThat(refused("{\"type\":\"signal\",\"room\":\"r\",\"data\":1,\"to\":\"" + longest + "x\"}")
                        .detail())
                .startsWith("to must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"join\"",
                "1",
                "{",
                "{\"type\"",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"}}",
                "{\"type\":\"ping\"} {}",
                "{\"type\":\"ping\"} x",
                "{'type':'ping'}",
                "{type:\"ping\"}",
                "{\"type\":\"ping\",}",
                "{\"type\":\"ping\",\"ref\":\"a\",\"ref\":\"b\"}",
                "{\"type\":\"signal\",\"room\":\"r\",\"data\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"ping\",\"x\":NaN}",
                "{\"type\":\"ping\",\"x\":01}",
                "{\"type\":\"ping\",\"x\":+1}",
                "{\"type\":\"ping\",\"x\":.5}",
                "{\"type\":\"ping\",\"x\":\"a\nb\"}",
                "{\"type\":\"ping\" /* why */}",
                "\uFEFF{\"type\":\"ping\"}"
            })
    void whatIsNoJsonObjectIsRefused(String text) {
        assertThat(refused(text).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
    }

    @Test
    void nestingHasItsDepthAndNotOneMore() {
        assertThat(understood(nested(15))).isInstanceOf(ClientMessage.Signal.class); // the message itself is one level
        assertThat(refused(nested(16)).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
        assertThat(refused("[".repeat(100_000)).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
        assertThat(refused("{\"type\":\"signal\",\"data\":" + "[".repeat(60_000))
                        .refusal())
                .isEqualTo(Refusal.BAD_MESSAGE);
    }

    private static String nested(int depth) {
        return "{\"type\":\"signal\",\"room\":\"r\",\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    @Test
    void messageHasItsTokensAndNotOneMore() {
        // Two for the braces, three field names, two strings, two for the brackets: nine beside the numbers.
        int numbers = HubLimits.defaults().of(HubLimit.JSON_TOKENS) - 9;
        assertThat(understood(counted(numbers))).isInstanceOf(ClientMessage.Signal.class);
        assertThat(refused(counted(numbers + 1)).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
    }

    private static String counted(int numbers) {
        return "{\"type\":\"signal\",\"room\":\"r\",\"data\":[1" + ",1".repeat(numbers - 1) + "]}";
    }

    @Test
    void numbersHaveTheirLengthAndNotOneMore() {
        for (String field : new String[] {"\"data\":", "\"data\":1,\"x\":", "\"data\":[{\"a\":[0]},"}) {
            String end = field.contains("[") ? "]}" : "}";
            String begin = "{\"type\":\"signal\",\"room\":\"r\"," + field;
            assertThat(understood(begin + "-9223372036854775808" + end)).isNotNull();
            assertThat(understood(begin + "-1.2345678901234567e-100" + end)).isNotNull();
            assertThat(refused(begin + "1".repeat(21) + end).detail()).contains("integer");
            assertThat(refused(begin + "1".repeat(60_000) + end).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
            assertThat(refused(begin + "0." + "1".repeat(31) + end).refusal()).isEqualTo(Refusal.BAD_MESSAGE);
        }
    }

    @Test
    void answersNeverRepeatWhatWasSent() {
        assertThat(refused("{\"type\":\"secret-type\"}").detail()).doesNotContain("secret");
        assertThat(refused("{\"type\":\"join\",\"room\":\"secret\\n\"}").detail())
                .doesNotContain("secret");
        assertThat(refused("{\"secret\":secret}").detail()).doesNotContain("secret");
    }

    @Test
    void mutatedMessagesAreUnderstoodOrRefusedButNeverThrow() {
        String valid = "{\"type\":\"signal\",\"room\":\"r\",\"to\":\"bob\",\"data\":{\"a\":[1,\"x\"]},\"ref\":\"7\"}";
        SeededGenerator.forAll(2000, random -> {
            StringBuilder text = new StringBuilder(valid);
            for (int change = random.between(1, 4); change > 0; change--) {
                int at = random.below(text.length());
                switch (random.below(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, (char) random.below(0x180));
                    default -> text.insert(at, random.oneOf("{", "}", "[", "]", "\"", ":", ",", "\\", "0", "\uD800"));
                }
            }
            assertThat(DECODER.decode(text.toString())).isNotNull();
        });
    }
}
