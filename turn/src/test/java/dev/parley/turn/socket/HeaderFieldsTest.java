package dev.parley.turn.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
    @Test
    void oneHopLessIsLeftAndDscpAndEcnStay() {
        int forwarded = HeaderFields.forwarded(HeaderFields.of(255, 0xBB));

        assertThat(HeaderFields.ttl(forwarded)).isEqualTo(254);
        assertThat(HeaderFields.trafficClass(forwarded)).isEqualTo(0xBB);
        assertThat(HeaderFields.isDontFragment(forwarded)).isFalse();
    }

    @Test
    void theLastHopEndsHereAndTheOneBeforeDoesNot() {
        assertThat(HeaderFields.forwarded(HeaderFields.of(1, 0))).isEqualTo(HeaderFields.EXPIRED);
        assertThat(HeaderFields.forwarded(HeaderFields.of(2, 0))).isEqualTo(HeaderFields.of(1, 0));
    }

    @Test
    void anUnknownTtlStaysTheSystemsDefault() {
        assertThat(HeaderFields.forwarded(HeaderFields.of(0, 0x28))).isEqualTo(HeaderFields.of(0, 0x28));
        assertThat(HeaderFields.forwarded(HeaderFields.DEFAULT)).isEqualTo(HeaderFields.DEFAULT);
    }

    @Test
    void aWishNotToBeFragmentedStays() {
        int wished = HeaderFields.withDontFragment(HeaderFields.of(9, 0));

        assertThat(HeaderFields.isDontFragment(wished)).isTrue();
        assertThat(HeaderFields.ttl(wished)).isEqualTo(9);
        assertThat(HeaderFields.forwarded(wished)).isEqualTo(HeaderFields.withDontFragment(HeaderFields.of(8, 0)));
    }
}
