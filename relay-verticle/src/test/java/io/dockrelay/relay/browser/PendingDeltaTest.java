package io.dockrelay.relay.browser;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ServerMessage.ContainersDelta;
import io.dockrelay.protocol.wire.ServerMessage.Removed;
import io.dockrelay.relay.fleet.FleetUpdate;

import static io.dockrelay.relay.fleet.Containers.NOON;
import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.running;
import static io.dockrelay.relay.fleet.Containers.started;
import static io.dockrelay.relay.fleet.Containers.stopped;
import static org.assertj.core.api.Assertions.assertThat;

class PendingDeltaTest {

    private static final Removed WEB = new Removed("a", "123456789abc", "web");

    private final PendingDelta pending = new PendingDelta();

    @Test
    void deltaHasTheNewestStateOfEachContainerAndEveryChange() {
        pending.add(update(List.of(exited("web")), List.of(), stopped("web")));
        pending.add(update(List.of(running("web"), exited("db")), List.of(), started("web"), stopped("db")));

        ContainersDelta delta = pending.take(NOON, 7);

        assertThat(delta.revision()).isEqualTo(7);
        assertThat(delta.containers()).containsExactly(on(exited("db")), on(running("web")));
        assertThat(delta.changes()).hasSize(3);
        assertThat(delta.removed()).isEmpty();
        assertThat(pending.take(NOON, 8).containers()).isEmpty();
    }

    @Test
    void containerRemovedAndAddedAgainIsInTheDelta() {
        pending.add(update(List.of(), List.of(WEB)));
        pending.add(update(List.of(running("web")), List.of()));

        ContainersDelta delta = pending.take(NOON, 1);
        assertThat(delta.removed()).isEmpty();
        assertThat(delta.containers()).hasSize(1);
    }

    @Test
    void containerAddedAndRemovedIsInTheRemovedList() {
        pending.add(update(List.of(running("web")), List.of()));
        pending.add(update(List.of(), List.of(WEB)));

        ContainersDelta delta = pending.take(NOON, 1);
        assertThat(delta.removed()).containsExactly(WEB);
        assertThat(delta.containers()).isEmpty();
    }

    private static FleetUpdate update(List<Container> containers, List<Removed> removed, Change... changes) {
        return new FleetUpdate(
                containers.stream().map(PendingDeltaTest::on).toList(),
                List.of(),
                removed,
                List.of(),
                List.of(changes),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Container on(Container container) {
        return container.withController("a");
    }
}
