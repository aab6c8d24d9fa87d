package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;
import io.dockrelay.protocol.state.Health;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    private static final Instant NOW = Instant.parse("2025-11-25T22:52:30Z");

    @Test
    void equalListsDifferInNothing() {
        var list = List.of(container("a", "1", ContainerStatus.RUNNING, Health.HEALTHY, NOW, null));
        assertThat(Comparison.of(list, list, NOW)).isEmpty();
    }

    @Test
    void tellsWhyAContainerIsAnother() {
        Container running = container("a", "1", ContainerStatus.RUNNING, null, NOW, null);
        assertThat(reason(running, container("a", "1", ContainerStatus.EXITED, null, NOW, 0)))
                .isEqualTo(ChangeReason.STOPPED);
        assertThat(reason(running, container("a", "1", ContainerStatus.EXITED, null, NOW, 3)))
                .isEqualTo(ChangeReason.DIED);
        assertThat(reason(running, container("a", "2", ContainerStatus.RUNNING, null, NOW, null)))
                .isEqualTo(ChangeReason.RECREATED);
        assertThat(reason(running, container("b", "1", ContainerStatus.RUNNING, null, NOW, null)))
                .isEqualTo(ChangeReason.RENAMED);
        assertThat(reason(running, container("a", "1", ContainerStatus.RUNNING, null, NOW.plusSeconds(9), null)))
                .isEqualTo(ChangeReason.RESTARTED);
        assertThat(reason(running, container("a", "1", ContainerStatus.RUNNING, Health.STARTING, NOW, null)))
                .isEqualTo(ChangeReason.HEALTH);
        assertThat(reason(running, container("a", "1", ContainerStatus.PAUSED, null, NOW, null)))
                .isEqualTo(ChangeReason.PAUSED);
    }

    @Test
    void tellsWhoCameAndWhoWent() {
        var a = container("a", "1", ContainerStatus.RUNNING, null, NOW, null);
        var b = container("b", "2", ContainerStatus.RUNNING, null, NOW, null);
        List<Change> changes = Comparison.of(List.of(a), List.of(b), NOW);
        assertThat(changes).extracting(Change::reason).containsExactly(ChangeReason.CREATED, ChangeReason.REMOVED);
    }

    private static ChangeReason reason(Container before, Container now) {
        List<Change> changes = Comparison.of(List.of(before), List.of(now), NOW);
        assertThat(changes).hasSize(1);
        return changes.getFirst().reason();
    }

    private static Container container(
            String name, String id, ContainerStatus status, Health health, Instant started, Integer exitCode) {
        var details = new Details(null, null, null, started, null, exitCode, null, null, null);
        return new Container(name, name, status, "", health, id, true, "c", null, details, null);
    }
}
