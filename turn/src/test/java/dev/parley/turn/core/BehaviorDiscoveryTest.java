package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChangeRequest;
import dev.parley.ice.stun.attribute.MappedAddress;
import dev.parley.ice.stun.attribute.OtherAddress;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.ResponseOrigin;
import dev.parley.ice.stun.attribute.ResponsePort;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.turn.quota.QuotaLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5780 section 6.1. */
class BehaviorDiscoveryTest {
    private static final TransportAddress A1P1 = TransportAddress.parse("203.0.113.1:3478");
    private static final TransportAddress A1P2 = TransportAddress.parse("203.0.113.1:3479");
    private static final TransportAddress A2P1 = TransportAddress.parse("203.0.113.2:3478");
    private static final TransportAddress A2P2 = TransportAddress.parse("203.0.113.2:3479");
    private static final TransportAddress ELSEWHERE = TransportAddress.parse("203.0.113.3:3478");
    private static final List<TransportAddress> LISTENERS = List.of(ELSEWHERE, A1P1, A1P2, A2P1, A2P2);
    private static final TransportAddress CLIENT = TransportAddress.parse("198.51.100.7:40000");

    private final TurnFixture turn = TurnFixture.with(
            TurnExtensions.NONE.with(new BehaviorDiscovery(LISTENERS, A1P1, A2P2)), new QuotaLimits(9, 9, 9));

    @Test
    void answersLeaveFromWhereTheFlagsSayWhereverTheRequestCame() {
        assertOrigin(A1P1, false, false, A1P1, A2P2);
        assertOrigin(A1P1, true, false, A2P1, A2P2);
        assertOrigin(A1P1, false, true, A1P2, A2P2);
        assertOrigin(A1P1, true, true, A2P2, A2P2);
        assertOrigin(A2P1, true, false, A1P1, A1P2);
        assertOrigin(A2P2, true, true, A1P1, A1P1);
        assertOrigin(A1P2, false, true, A1P1, A2P1);
    }

    @Test
    void aPlainRequestIsAnsweredWithAllAddressesAndCountsInTheBudget() {
        TurnEffect.Reply reply = TurnFixture.replyIn(binding(A1P1));
        assertThat(reply.message().attributes())
                .containsExactly(
                        new XorMappedAddress(CLIENT),
                        new MappedAddress(CLIENT),
                        new ResponseOrigin(A1P1),
                        new OtherAddress(A2P2));
        assertThat(reply.mayAmplify()).isTrue();
    }

    @Test
    void theAnswerGoesToTheResponsePortOfTheSameAddress() {
        TurnEffect.Reply reply = TurnFixture.replyIn(binding(A1P1, new ResponsePort(41000)));
        assertThat(reply.client()).isEqualTo(new ClientKey(CLIENT.withPort(41000), 1));
        assertThat(reply.message().find(XorMappedAddress.class)).isEqualTo(new XorMappedAddress(CLIENT));
    }

    @Test
    void paddingIsAnsweredWithNoMoreThanItBrought() {
        assertThat(paddingFor(64)).isEqualTo(64);
        assertThat(paddingFor(1500)).isEqualTo(1500);
        assertThat(paddingFor(1504)).isEqualTo(1500);
    }

    @Test
    void paddingAndResponsePortTogetherAreABadRequest() {
        assertThat(TurnFixture.codeIn(binding(A1P1, new ResponsePort(41000), new Padding(8))))
                .isEqualTo(400);
        assertThat(TurnFixture.codeIn(binding(A1P1, new ResponsePort(0)))).isEqualTo(400);
    }

    @Test
    void whereThereIsNoOtherAddressNothingIsDiscovered() {
        assertThat(TurnFixture.codeIn(binding(ELSEWHERE, new ChangeRequest(true, true))))
                .isEqualTo(420);
        assertThat(TurnFixture.replyIn(binding(ELSEWHERE)).message().attributes())
                .containsExactly(new XorMappedAddress(CLIENT));
        TestClient overTcp = TestClient.over(ClientTransport.TCP, CLIENT.toString(), "x");
        StunMessage request = request(new ChangeRequest(false, true));
        assertThat(TurnFixture.codeIn(turn.send(overTcp, request, null))).isEqualTo(420);
    }

    @Test
    void otherMethodsDoNotKnowTheAttributes() {
        StunMessage request = turn.signedRequest(TurnFixture.ALICE, StunMethod.ALLOCATE, new ChangeRequest(true, true));
        assertThat(TurnFixture.codeIn(turn.send(TurnFixture.ALICE, request, IntegrityAlgorithm.SHA1)))
                .isEqualTo(420);
    }

    @Test
    void allFourPairsAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BehaviorDiscovery(List.of(A1P1, A1P2, A2P2), A1P1, A2P2));
        assertThatIllegalArgumentException().isThrownBy(() -> new BehaviorDiscovery(LISTENERS, A1P1, A1P2));
    }

    private int paddingFor(int length) {
        Padding padding = TurnFixture.replyIn(binding(A1P1, new Padding(length)))
                .message()
                .find(Padding.class);
        return padding == null ? 0 : padding.length();
    }

    private void assertOrigin(
            TransportAddress local, boolean ip, boolean port, TransportAddress origin, TransportAddress other) {
        TurnEffect.Reply reply = TurnFixture.replyIn(binding(local, new ChangeRequest(ip, port)));
        assertThat(reply.client()).isEqualTo(new ClientKey(CLIENT, LISTENERS.indexOf(origin)));
        assertThat(reply.message().find(ResponseOrigin.class)).isEqualTo(new ResponseOrigin(origin));
        assertThat(reply.message().find(OtherAddress.class)).isEqualTo(new OtherAddress(other));
    }

    private List<TurnEffect> binding(TransportAddress local, Attribute... attributes) {
        TestClient client = new TestClient(new ClientKey(CLIENT, LISTENERS.indexOf(local)), "x", "x");
        return turn.send(client, request(attributes), null);
    }

    private StunMessage request(Attribute... attributes) {
        return StunMessage.request(StunMethod.BINDING, turn.nextTransaction(), attributes);
    }
}
