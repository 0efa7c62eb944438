package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh: RFC 8656 section 8. */
@ParameterizedClass
@EnumSource(Transport.class)
class RefreshIT extends Suite {
    private static final int CLOSED = -1;

    RefreshIT(Transport transport) {
        super(transport);
    }

    private int refreshedTo(int seconds) {
        return client().refresh(seconds).expectSuccess().number(Wire.LIFETIME);
    }

    /** Some servers take a moment. A family that does not fit shows whether there is one, and refreshes nothing. */
    private int awaitTheEnd() {
        long deadline = System.nanoTime() + SOON.toNanos();
        int code = askForTheOtherFamily();
        while (code == 443 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            code = askForTheOtherFamily();
        }
        return code;
    }

    /** {@link #CLOSED} when the server closes the connection together with the allocation. */
    private int askForTheOtherFamily() {
        Packet request = Packet.request(Wire.REFRESH).attribute(Wire.REQUESTED_ADDRESS_FAMILY, word(Wire.IPV6));
        Message answer = client().tryAsk(request);
        return answer == null ? CLOSED : answer.code();
    }

    private void awaitTheEndOnAnOpenConnection() {
        assumeTrue(awaitTheEnd() != CLOSED, "the server closes the connection together with the allocation");
    }

    @Must("8656 8.2")
    void withoutALifetimeItIs600Seconds() {
        client().ask(Client.bareAllocate().number(Wire.LIFETIME, 900)).expectSuccess();
        int granted = client().ask(Packet.request(Wire.REFRESH)).expectSuccess().number(Wire.LIFETIME);
        expect(granted == 600, "the lifetime is " + granted);
    }

    @Must("8656 8.2")
    void aShorterLifetimeThanTheDefaultIsRaisedToIt() {
        client().allocate();
        int granted = refreshedTo(30);
        expect(granted == 600, "the lifetime is " + granted + " instead of 600");
    }

    @Must("8656 8.2")
    void aLongerLifetimeThanTheDefaultIsGrantedUpToTheMaximum() {
        client().allocate();
        int granted = refreshedTo(900);
        expect(granted == 900, "the lifetime is " + granted);
        int most = refreshedTo(-1);
        expect(most >= 900 && most <= 3600, "the lifetime is " + Integer.toUnsignedString(most));
    }

    @Must("8656 8.2")
    void aLifetimeOfZeroEndsTheAllocation() {
        client().allocate();
        expect(refreshedTo(0) == 0, "the lifetime is not zero");
        int code = awaitTheEnd();
        expect(code == 437 || code == CLOSED, "answered " + code + " instead of 437");
    }

    @Must("8656 8.2")
    void aFiveTupleWhoseAllocationEndedCanAllocateAgain() {
        client().allocate();
        refreshedTo(0);
        awaitTheEndOnAnOpenConnection();
        client().allocate();
    }

    @Must("8656 8.2")
    void anAllocationThatEndedRelaysNothingMore() {
        var peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        refreshedTo(0);
        awaitTheEndOnAnOpenConnection();
        client().send(send(peer.address(), "too late").bytes());
        peer.send(relayed, ascii("too late"));
        client().expectNothingBeforeNextAnswer();
        InetSocketAddress fresh = allocateFor(peer);
        client().send(send(peer.address(), "in time").bytes());
        expect(expectHeard(peer, "in time").from().equals(fresh), "from another address");
    }

    @Must("8656 8.2")
    void theFamilyOfTheAllocationIsAccepted() {
        client().allocate();
        client().ask(Packet.request(Wire.REFRESH).attribute(Wire.REQUESTED_ADDRESS_FAMILY, word(Wire.IPV4)))
                .expectSuccess();
    }

    @Must("8656 8.2")
    void anotherFamilyIsAnsweredWith443() {
        client().allocate();
        int code = askForTheOtherFamily();
        expect(code == 443, "answered " + code + " instead of 443");
    }

    @Must("8656 8.2")
    void withoutAnAllocationItIsAnsweredWith437() {
        client().refresh(600).expect(437);
    }

    @Must("8656 5")
    void anAllocationIsReachedFromItsOwnFiveTupleOnly() {
        client().allocate();
        open(client().login()).refresh(0).expect(437);
        client().refresh(600).expectSuccess();
    }

    @Must("8656 8.1")
    void aFamilyOfADualAllocationCanBeEndedAlone() {
        Message answer = client().ask(Client.bareAllocate().attribute(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV6)))
                .expectSuccess();
        List<InetSocketAddress> relayed = answer.addresses(Wire.XOR_RELAYED_ADDRESS);
        assumeTrue(relayed.size() == 2, "no dual allocations");
        client().ask(Packet.request(Wire.REFRESH)
                        .number(Wire.LIFETIME, 0)
                        .attribute(Wire.REQUESTED_ADDRESS_FAMILY, word(Wire.IPV6)))
                .expectSuccess();
        client().permit(peer6().address()).expect(443);
        var peer = peer();
        client().permit(peer.address()).expectSuccess();
        client().send(send(peer.address(), "still here").bytes());
        expect(expectHeard(peer, "still here").from().getAddress() instanceof Inet4Address, "no IPv4 address");
    }

    @Should("8656 5")
    @Deviation("no SOFTWARE")
    void refreshResponsesNameTheirSoftware() {
        expect(client().refresh(600).has(Wire.SOFTWARE), "no SOFTWARE");
    }
}
