package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChangeRequest;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.UnknownAttributes;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingTest {
    private final TurnFixture turn = new TurnFixture();

    @Test
    void twentyBytesInMeansThirtyTwoBytesOut() {
        ByteBuf request = Unpooled.buffer();
        StunEncoder.encode(binding(), request);
        TurnEffect.Reply reply = TurnFixture.replyIn(turn.receive(ALICE.key(), request));
        ByteBuf answer = Unpooled.buffer();
        StunEncoder.encode(reply.message(), answer);

        assertThat(request.readableBytes()).isEqualTo(20);
        assertThat(answer.readableBytes()).isEqualTo(32);
        assertThat(reply.message().attributes()).containsExactly(new XorMappedAddress(ALICE.address()));
        assertThat(reply.key()).isNull();
        assertThat(reply.fingerprint()).isFalse();
        assertThat(reply.mayAmplify()).isFalse();
    }

    @Test
    void aFingerprintIsAnsweredWithOne() {
        ByteBuf request = Unpooled.buffer();
        StunEncoder.encode(binding(), request);
        StunEncoder.appendFingerprint(request, 0);
        assertThat(TurnFixture.replyIn(turn.receive(ALICE.key(), request)).fingerprint())
                .isTrue();
    }

    @Test
    void behaviourDiscoveryIsRefusedAsUnknown() {
        List<TurnEffect> effects = turn.send(ALICE, binding(new ChangeRequest(true, true), new Padding(64)), null);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNKNOWN_ATTRIBUTE));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(420);
        assertThat(TurnFixture.replyIn(effects).message().find(UnknownAttributes.class))
                .isEqualTo(new UnknownAttributes(List.of(ChangeRequest.TYPE, Padding.TYPE)));
    }

    @Test
    void unknownRequiredAttributesAreNamed() {
        ByteBuf request = Unpooled.buffer();
        StunEncoder.encode(binding(), request);
        request.writeShort(0x7F01).writeShort(0).setShort(2, 4);
        List<TurnEffect> effects = turn.receive(ALICE.key(), request);
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(420);
        assertThat(TurnFixture.replyIn(effects).message().find(UnknownAttributes.class))
                .isEqualTo(new UnknownAttributes(List.of(0x7F01)));
    }

    @Test
    void indicationsAndResponsesAreNotAnswered() {
        StunMessage request = binding();
        assertThat(turn.send(ALICE, StunMessage.indication(StunMethod.BINDING, request.transactionId()), null))
                .isEmpty();
        assertThat(turn.send(ALICE, StunMessage.success(request), null)).isEmpty();
    }

    @Test
    void aBrokenRequestGetsFourHundred() {
        ByteBuf request = Unpooled.buffer();
        StunEncoder.encode(binding(), request);
        request.writeShort(ChangeRequest.TYPE).writeShort(1).writeInt(0).setShort(2, 8);
        List<TurnEffect> effects = turn.receive(ALICE.key(), request);
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(400);
        assertThat(TurnFixture.replyIn(effects).mayAmplify()).isTrue();
    }

    private StunMessage binding(Attribute... attributes) {
        return StunMessage.request(StunMethod.BINDING, turn.nextTransaction(), attributes);
    }
}
