package io.dockrelay.relay.channel;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.channel.PresenceBook.Turn;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceBookTest {

    private static final Instant MONDAY = Instant.parse("2025-11-24T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2025-11-25T00:00:00Z");

    private final PresenceBook book = new PresenceBook();

    @Test
    void silenceForThreeAnnouncementsIsAway() {
        assertThat(book.heard(onTheBus(MONDAY), 0)).isEqualTo(Turn.BACK);
        assertThat(book.heard(onTheBus(MONDAY), 2_000)).isEqualTo(Turn.NONE);
        assertThat(book.silent(8_000)).isEmpty();
        assertThat(book.silent(8_001)).containsExactly("a");
        assertThat(book.silent(8_002)).isEmpty();
        assertThat(book.heard(onTheBus(MONDAY), 9_000)).isEqualTo(Turn.BACK);
    }

    @Test
    void restartedControllerHasLostItsTails() {
        assertThat(book.heard(onTheBus(MONDAY), 0)).isEqualTo(Turn.BACK);
        assertThat(book.heard(onTheBus(TUESDAY), 1)).isEqualTo(Turn.REPLACED);
    }

    @Test
    void leavingIsGone() {
        assertThat(book.heard(onTheBus(MONDAY), 0)).isEqualTo(Turn.BACK);
        assertThat(book.heard(new ControllerPresence("a", null, MONDAY, 0, null, false, List.of()), 1))
                .isEqualTo(Turn.GONE);
    }

    @Test
    void uplinkKeepsItsTailsThroughAnOutage() {
        assertThat(book.heard(uplink(LinkState.CONNECTED), 0)).isEqualTo(Turn.BACK);
        assertThat(book.heard(uplink(LinkState.WAITING), 1)).isEqualTo(Turn.NONE);
        assertThat(book.silent(60_000)).isEmpty();
        assertThat(book.heard(uplink(LinkState.CONNECTED), 60_001)).isEqualTo(Turn.BACK);
    }

    @Test
    void busWinsOverAnUplink() {
        assertThat(book.heard(uplink(LinkState.CONNECTED), 0)).isEqualTo(Turn.BACK);
        assertThat(book.heard(onTheBus(MONDAY), 1)).isEqualTo(Turn.REPLACED);
        assertThat(book.heard(uplink(LinkState.CONNECTED), 2)).isEqualTo(Turn.NONE);
    }

    private static ControllerPresence onTheBus(Instant since) {
        return new ControllerPresence("a", LinkState.CONNECTED, since, 0, null, false, List.of());
    }

    private static ControllerPresence uplink(LinkState link) {
        return new ControllerPresence("a", link, TUESDAY, 0, null, true, List.of());
    }
}
