package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static org.assertj.core.api.Assertions.assertThat;

class RevisedContainerListTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:28:41Z");
    private static final Container WEB = container("web", ContainerStatus.RUNNING);
    private static final Container ENDED = container("web", ContainerStatus.EXITED);

    private final RevisedContainerList list = new RevisedContainerList();

    @Test
    void firstSnapshotIsNoChange() {
        assertThat(list.hasHole()).isTrue();

        assertThat(list.reset(snapshot(4, WEB))).isEmpty();

        assertThat(list.hasHole()).isFalse();
        assertThat(list.list().find("web")).contains(WEB);
    }

    @Test
    void changesAreAppliedOnceAndHolesAreNoticed() {
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();
        ContainersChanged next = changed(5, Change.removed(WEB, NOW));

        assertThat(list.apply(next)).hasSize(1);
        assertThat(list.list().find("web")).isEmpty();
        ContainerList after = list.list();

        assertThat(list.apply(next)).isEmpty();
        assertThat(list.list()).isEqualTo(after);
        assertThat(list.hasHole()).isTrue();
    }

    @Test
    void changesAfterAHoleWaitForTheSnapshot() {
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();

        assertThat(list.apply(changed(6, stopped()))).isEmpty();
        assertThat(list.apply(changed(7, Change.removed(ENDED, NOW)))).isEmpty();
        assertThat(list.list().find("web")).contains(WEB);

        assertThat(list.reset(snapshot(6, ENDED)))
                .extracting(Change::reason)
                .containsExactly(ChangeReason.DIED, ChangeReason.REMOVED);
        assertThat(list.hasHole()).isFalse();
        assertThat(list.list().containers()).isEmpty();
    }

    @Test
    void snapshotThatChangesHaveOvertakenIsNotTaken() {
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();
        assertThat(list.apply(changed(5, stopped()))).hasSize(1);

        assertThat(list.accepts(snapshot(4, WEB))).isFalse();
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();
        assertThat(list.list().find("web")).contains(ENDED);
    }

    @Test
    void controllerThatCountsFromTheBeginningIsAskedForItsList() {
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();

        assertThat(list.apply(changed(1, stopped()))).isEmpty();
        assertThat(list.hasHole()).isTrue();
        assertThat(list.accepts(snapshot(1, ENDED))).isTrue();
    }

    @Test
    void incompleteChangesLeaveAHole() {
        assertThat(list.reset(snapshot(4, WEB))).isEmpty();
        var incomplete = new Change(
                "web",
                ContainerStatus.RUNNING,
                null,
                ContainerStatus.EXITED,
                null,
                false,
                "",
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(list.apply(changed(5, incomplete))).isEmpty();
        assertThat(list.hasHole()).isTrue();
    }

    @Test
    void elementsGetTheIdOfTheirController() {
        assertThat(list.reset(snapshot(4, WEB.withController("other")))).isEmpty();
        assertThat(list.list().find("web")).contains(WEB);
    }

    private static Change stopped() {
        return Change.of(WEB, ENDED, ChangeReason.STOPPED, 0, NOW);
    }

    private static ContainersChanged changed(long revision, Change... changes) {
        return new ContainersChanged("edge-1", revision, NOW, List.of(changes));
    }

    private static ContainersSnapshot snapshot(long revision, Container... containers) {
        return new ContainersSnapshot("edge-1", revision, NOW, null, List.of(containers));
    }

    private static Container container(String name, ContainerStatus status) {
        var details =
                new Details(null, null, null, null, null, 1, null, null, null, null, null, null, null, null, null);
        return new Container(name, name, status, "", null, "aaaaaaaaaaaa", true, "edge-1", null, details, null);
    }
}
