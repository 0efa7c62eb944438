package dev.parley.signaling.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.Knock;
import dev.parley.signaling.core.KnockEnd;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.MemberView;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.Refusal;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomKey;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.RoomView;
import dev.parley.signaling.core.ServerMessage;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeEncoderTest {
    private static final RoomName ROOM = Objects.requireNonNull(RoomName.find("gar\"den"));
    private static final SessionId ANN = new SessionId("ann");
    private static final SessionId BOB = new SessionId("bob");
    private static final Ref REF = new Ref("7");
    private static final MemberView MEMBER =
            new MemberView(BOB, Role.MEMBER, new Presence(MemberName.find("Bob"), new JsonText("{\"a\": 1}")));
    private static final NativeDialect DIALECT = new NativeDialect(HubLimits.defaults());

    private static void assertText(ServerMessage message, String text) {
        assertThat(DIALECT.encode(message)).isEqualTo(text.replace('\'', '"'));
    }

    @Test
    void everyMessageHasItsDocumentedForm() {
        assertText(
                new ServerMessage.Joined(
                        ROOM,
                        ANN,
                        Role.HOST,
                        RoomView.OPEN,
                        List.of(),
                        List.of(MEMBER, new MemberView(ANN, Role.LISTENER, Presence.EMPTY)),
                        List.of(),
                        REF),
                "{'type':'joined','room':'gar\\'den','id':'ann','role':'host',"
                        + "'state':{'locked':false,'password':false,'waitingRoom':false,'relayOnly':false},'members':["
                        + "{'id':'bob','role':'member','name':'Bob','metadata':{'a': 1}},"
                        + "{'id':'ann','role':'listener'}],'ref':'7'}");
        assertText(
                new ServerMessage.Left(ROOM, Departure.LEFT, null),
                "{'type':'left','room':'gar\\'den','reason':'left'}");
        assertText(
                new ServerMessage.MemberJoined(ROOM, MEMBER),
                "{'type':'member-joined','room':'gar\\'den','member':"
                        + "{'id':'bob','role':'member','name':'Bob','metadata':{'a': 1}}}");
        assertText(
                new ServerMessage.MemberUpdated(ROOM, MEMBER, REF),
                "{'type':'member-updated','room':'gar\\'den','member':"
                        + "{'id':'bob','role':'member','name':'Bob','metadata':{'a': 1}},'ref':'7'}");
        assertText(
                new ServerMessage.MemberLeft(ROOM, BOB, Departure.LOST),
                "{'type':'member-left','room':'gar\\'den','id':'bob','reason':'lost'}");
        assertText(
                new ServerMessage.Signalled(ROOM, BOB, new JsonText("[ 1 ]"), null, true),
                "{'type':'signal','room':'gar\\'den','from':'bob','data':[ 1 ],'broadcast':true}");
        assertText(
                new ServerMessage.Signalled(ROOM, BOB, new JsonText("null"), null, false),
                "{'type':'signal','room':'gar\\'den','from':'bob','data':null}");
        assertText(new ServerMessage.Pong(REF, 3), "{'type':'pong','ack':3,'ref':'7'}");
        assertText(
                new ServerMessage.Problem(Refusal.BAD_MESSAGE, "room is missing", REF, null),
                "{'type':'error','code':'bad-message','message':'room is missing','ref':'7'}");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalHasCodeAndText(Refusal refusal) {
        assertThat(DIALECT.encode(new ServerMessage.Problem(refusal, null, null, ROOM)))
                .contains("\"code\":\"" + refusal.code().word() + "\"")
                .containsPattern("\"message\":\".{20,}\"")
                .contains("\"room\":\"gar\\\"den\"");
    }

    @Test
    void messagesAboutTheRoomHaveTheirDocumentedForm() {
        MemberName key = Objects.requireNonNull(MemberName.find("k"));
        assertText(
                new ServerMessage.KeySet(ROOM, key, new JsonText("[1]"), BOB, REF),
                "{'type':'key-set','room':'gar\\'den','key':'k','value':[1],'by':'bob','ref':'7'}");
        assertText(
                new ServerMessage.KeySet(ROOM, key, null, BOB, null),
                "{'type':'key-set','room':'gar\\'den','key':'k','value':null,'by':'bob'}");
        assertText(
                new ServerMessage.Joined(
                        ROOM,
                        ANN,
                        Role.HOST,
                        RoomView.OPEN,
                        List.of(new RoomKey(key, new JsonText("1"))),
                        List.of(),
                        List.of(new Knock(BOB, MEMBER.presence()), new Knock(ANN, Presence.EMPTY)),
                        null),
                "{'type':'joined','room':'gar\\'den','id':'ann','role':'host',"
                        + "'state':{'locked':false,'password':false,'waitingRoom':false,'relayOnly':false},"
                        + "'keys':{'k':1},'members':[],'knocks':[{'id':'bob','name':'Bob','metadata':{'a':"
                        + " 1}},{'id':'ann'}]}");
        assertText(
                new ServerMessage.Signalled(ROOM, BOB, new JsonText("1"), Role.HOST, false),
                "{'type':'signal','room':'gar\\'den','from':'bob','data':1,'toRole':'host'}");
        assertText(
                new ServerMessage.RoomUpdated(ROOM, new RoomView(true, true, true, true, 9, new JsonText("{}")), REF),
                "{'type':'room-updated','room':'gar\\'den','state':"
                        + "{'locked':true,'password':true,'waitingRoom':true,'relayOnly':true,"
                        + "'maxMembers':9,'metadata':{}},'ref':'7'}");
    }

    @Test
    void waitingHasItsDocumentedForm() {
        assertText(new ServerMessage.Waiting(ROOM, REF), "{'type':'waiting','room':'gar\\'den','ref':'7'}");
        assertText(
                new ServerMessage.Knocked(ROOM, new Knock(BOB, MEMBER.presence())),
                "{'type':'knock','room':'gar\\'den','member':{'id':'bob','name':'Bob','metadata':{'a': 1}}}");
        assertText(
                new ServerMessage.KnockEnded(ROOM, BOB, KnockEnd.ADMITTED, REF),
                "{'type':'knock-ended','room':'gar\\'den','id':'bob','reason':'admitted','ref':'7'}");
        assertText(
                new ServerMessage.KnockEnded(ROOM, BOB, KnockEnd.LOST, null),
                "{'type':'knock-ended','room':'gar\\'den','id':'bob','reason':'lost'}");
    }

    @Test
    void resumedTellsWhereBothSidesAre() {
        ResumeKey key = new ResumeKey(ANN, "s");

        assertThat(DIALECT.encode(new Continued(ANN, key, 3, 12, true, List.of(), Duration.ofHours(1))))
                .isEqualTo(("{'type':'resumed','id':'ann','resumeToken':'ann.s','ack':3,'after':12,'lost':true,"
                                + "'iceServers':[],'iceServersTtlSeconds':3600}")
                        .replace('\'', '"'));
        assertThat(DIALECT.encodeAcknowledgement(32)).isEqualTo("{\"type\":\"ack\",\"ack\":32}");
    }

    @Test
    void welcomeTellsIdLimitsAndIceServers() {
        List<IceServer> servers = List.of(
                new IceServer(List.of("stun:192.0.2.7:3478"), null, null),
                new IceServer(List.of("turn:192.0.2.7:3478", "turn:192.0.2.7:3478?transport=tcp"), "u", "p"));

        assertThat(DIALECT.encode(
                        new Welcome(ANN, new ResumeKey(ANN, "s"), servers, Duration.ofHours(1), RelayScope.ROOM)))
                .isEqualTo(("{'type':'welcome','protocol':'parley.v1','id':'ann','resumeToken':'ann.s',"
                                + "'resumeSeconds':30,'heartbeatSeconds':25,"
                                + "'limits':{'messageBytes':65536,'messagesPerSecond':50,'messageBurst':200,"
                                + "'deliveriesPerSecond':5000,'deliveryBurst':20000,'roomMembers':1000,"
                                + "'roomsPerSession':16,'nameLength':128,'metadataBytes':4096,'joinSeconds':10,"
                                + "'silenceSeconds':60},'iceServers':[{'urls':['stun:192.0.2.7:3478']},"
                                + "{'urls':['turn:192.0.2.7:3478','turn:192.0.2.7:3478?transport=tcp'],"
                                + "'username':'u','credential':'p'}],'iceServersTtlSeconds':3600,'relayScope':'room'}")
                        .replace('\'', '"'));
        assertThat(DIALECT.encode(List.of(), Duration.ofSeconds(90)))
                .isEqualTo("{\"type\":\"ice-servers\",\"iceServers\":[],\"iceServersTtlSeconds\":90}");
    }

    @Test
    void credentialIsNotPrinted() {
        assertThat(new IceServer(List.of("turn:x"), "u", "secret").toString()).doesNotContain("secret");
    }
}
