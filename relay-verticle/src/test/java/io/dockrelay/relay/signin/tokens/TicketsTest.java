package io.dockrelay.relay.signin.tokens;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TicketsTest {

    private final Tickets tickets = new Tickets();

    @Test
    void ticketIsTakenOnce() {
        String ticket = tickets.make("a", 0).orElseThrow();

        assertThat(tickets.take(ticket, 1)).contains("a");
        assertThat(tickets.take(ticket, 2)).isEmpty();
    }

    @Test
    void ticketExpiresAfterHalfAMinute() {
        String early = tickets.make("a", 0).orElseThrow();
        String late = tickets.make("b", 10_000).orElseThrow();

        assertThat(tickets.take(early, 30_000)).isEmpty();
        assertThat(tickets.take(late, 39_999)).contains("b");
    }

    /** Such as by a correction of the time: how old a ticket is cannot be said then. */
    @Test
    void clockThatIsSetBackEndsTheTickets() {
        String before = tickets.make("a", 60_000).orElseThrow();
        String after = tickets.make("a", 0).orElseThrow();

        assertThat(tickets.take(before, 0)).isEmpty();
        assertThat(tickets.take(after, 29_999)).contains("a");
    }

    @Test
    void ticketIsOverWhateverCameAfterIt() {
        String first = tickets.make("a", 0).orElseThrow();
        String second = tickets.make("a", 20_000).orElseThrow();

        assertThat(tickets.take(first, 30_000)).isEmpty();
        assertThat(tickets.take(second, 30_000)).contains("a");
    }

    @Test
    void otherTextsAreNoTickets() {
        String ticket = tickets.make("a", 0).orElseThrow();

        assertThat(tickets.take("", 0)).isEmpty();
        assertThat(tickets.take(ticket + "x", 0)).isEmpty();
        assertThat(tickets.take(ticket.substring(1), 0)).isEmpty();
        assertThat(tickets.take(ticket.toUpperCase(java.util.Locale.ROOT), 0)).isEmpty();
    }

    @Test
    void oneTokenHasAHundredOpenTickets() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            made.add(tickets.make("a", 0).orElseThrow());
        }
        assertThat(made).hasSize(100);
        assertThat(tickets.make("a", 0)).isEmpty();
        assertThat(tickets.make("b", 0)).isPresent();
        assertThat(tickets.make("a", 30_000)).isPresent();
    }
}
