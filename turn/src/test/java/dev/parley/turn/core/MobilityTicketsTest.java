package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.Secret;
import dev.parley.ice.stun.attribute.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MobilityTicketsTest {
    private static final Secret SECRET = Secret.ofText("a secret of thirty-two or more bytes");
    private final MobilityTickets tickets = new MobilityTickets(SECRET, 3);

    @Test
    void everyLoopOfAProcessReadsWhatOneIssued() {
        MobilityTickets.Ticket expected = new MobilityTickets.Ticket(3, 1L << 40, 7);
        Bytes ticket = tickets.issue(1L << 40, 7);

        assertThat(ticket.length()).isEqualTo(MobilityTickets.LENGTH).isEqualTo(32);
        assertThat(tickets.open(ticket)).isEqualTo(expected);
        assertThat(new MobilityTickets(SECRET, 0).open(ticket)).isEqualTo(expected);
        assertThat(new MobilityTickets(SECRET, 65_535).open(new MobilityTickets(SECRET, 65_535).issue(1, 1)))
                .isEqualTo(new MobilityTickets.Ticket(65_535, 1, 1));
    }

    /** turnutils_uclient has an array of 33 for it and takes its length with strlen. */
    @Test
    void aTicketIsTextThatFitsIntoTheClientsOfCoturn() {
        for (int serial = 0; serial < 1000; serial++) {
            String text = new String(tickets.issue(5, serial).toArray(), StandardCharsets.US_ASCII);
            assertThat(text).matches("[-_0-9A-Za-z]{32}");
        }
    }

    @Test
    void anotherProcessReadsNothing() {
        Secret other = Secret.ofText("another secret of thirty-two or more");
        assertThat(new MobilityTickets(other, 3).open(tickets.issue(1, 1))).isNull();
    }

    @Test
    void aTicketWithOneBitChangedIsNone() {
        byte[] ticket = tickets.issue(1, 1).toArray();
        for (int bit = 0; bit < Byte.SIZE * ticket.length; bit++) {
            byte[] changed = ticket.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(tickets.open(Bytes.of(changed))).as("bit " + bit).isNull();
        }
    }

    @Test
    void aTicketOfAnotherLengthIsNone() {
        byte[] ticket = tickets.issue(1, 1).toArray();
        for (int length = 0; length <= 100; length++) {
            byte[] resized = Arrays.copyOf(ticket, length);
            assertThat(tickets.open(Bytes.of(resized)) != null).isEqualTo(length == ticket.length);
        }
    }

    @Test
    void noTwoTicketsAreAlikeAndNoneShowsWhatItSays() {
        Set<Bytes> seen = new HashSet<>();
        Set<Integer> lettersOfTheLoop = new HashSet<>();
        for (int serial = 0; serial < 1000; serial++) {
            Bytes ticket = tickets.issue(5, serial);
            assertThat(seen.add(ticket)).isTrue();
            lettersOfTheLoop.add((int) ticket.toArray()[17]);
        }
        assertThat(lettersOfTheLoop).hasSize(64);
    }
}
