package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.fleet.ControllerEvent.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class ControllerRegistryTest {

    private static final Instant MONDAY = Instant.parse("2025-11-24T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2025-11-25T00:00:00Z");

    private final ControllerRegistry registry = new ControllerRegistry();

    @Test
    void silenceForThreeAnnouncementsIsAway() {
        assertThat(announced(onTheBus(MONDAY), 0)).contains(Kind.BACK);
        assertThat(announced(onTheBus(MONDAY), 2_000)).isEmpty();
        assertThat(silentAt(8_000)).isEmpty();
        assertThat(silentAt(8_001)).contains(Kind.GONE);
        assertThat(silentAt(8_002)).isEmpty();
        assertThat(announced(onTheBus(MONDAY), 9_000)).contains(Kind.BACK);
    }

    @Test
    void controllerThatStartedAgainHasLostItsTails() {
        assertThat(announced(onTheBus(MONDAY), 0)).contains(Kind.BACK);
        assertThat(announced(onTheBus(TUESDAY), 1)).contains(Kind.REPLACED);
    }

    @Test
    void leavingIsGone() {
        assertThat(announced(onTheBus(MONDAY), 0)).contains(Kind.BACK);
        assertThat(announced(new ControllerPresence("a", null, MONDAY, 0, null, false, List.of()), 1))
                .contains(Kind.GONE);
    }

    @Test
    void uplinkKeepsItsTailsThroughAnOutage() {
        assertThat(announced(uplink(LinkState.CONNECTED), 0)).contains(Kind.BACK);
        assertThat(announced(uplink(LinkState.WAITING), 1)).isEmpty();
        assertThat(silentAt(60_000)).isEmpty();
        assertThat(announced(uplink(LinkState.CONNECTED), 60_001)).contains(Kind.BACK);
    }

    @Test
    void busWinsOverAnUplink() {
        assertThat(announced(uplink(LinkState.CONNECTED), 0)).contains(Kind.BACK);
        assertThat(announced(onTheBus(MONDAY), 1)).contains(Kind.REPLACED);
        assertThat(announced(uplink(LinkState.CONNECTED), 2)).isEmpty();
    }

    @Test
    void controllerOnTheBusReplacesItsUplinkDuringAnOutage() {
        assertThat(announced(uplink(LinkState.CONNECTED), 0)).contains(Kind.BACK);
        assertThat(announced(uplink(LinkState.WAITING), 1)).isEmpty();
        assertThat(announced(onTheBus(MONDAY), 2)).contains(Kind.REPLACED);
    }

    private Optional<Kind> announced(ControllerPresence presence, long millis) {
        return registry.announced(presence, Instant.ofEpochMilli(millis)).map(ControllerEvent::kind);
    }

    private Optional<Kind> silentAt(long millis) {
        return registry.tick("a", Instant.ofEpochMilli(millis)).map(ControllerEvent::kind);
    }

    private static ControllerPresence onTheBus(Instant since) {
        return new ControllerPresence("a", LinkState.CONNECTED, since, 0, null, false, List.of());
    }

    private static ControllerPresence uplink(LinkState link) {
        return new ControllerPresence("a", link, TUESDAY, 0, null, true, List.of());
    }
}
