package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.ServiceIdentity;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:28:41Z");
    private static final String OLD = "aaaaaaaaaaaa";
    private static final String NEW = "bbbbbbbbbbbb";

    private final ContainerDirectory one = new ContainerDirectory(
            4, List.of(container("web", "p-web-1", OLD), container("db", "p-db-1", "dddddddddddd")));

    @Test
    void aContainerAnswersToItsThreeNames() {
        assertThat(one.find("web")).isPresent();
        assertThat(one.find("p-web-1")).isPresent();
        assertThat(one.find(OLD)).isPresent();
        assertThat(one.find("nobody")).isEmpty();
    }

    @Test
    void changesAreAppliedOnceAndHolesAreNoticed() {
        ContainersChanged next = changed(5, Change.removed(container("web", "p-web-1", OLD), NOW));
        assertThat(one.follows(next)).isTrue();
        ContainerDirectory after = one.with(next);
        assertThat(after.find("web")).isEmpty();
        assertThat(after.with(next)).isSameAs(after);
        assertThat(one.follows(changed(6))).isFalse();
        assertThat(ContainerDirectory.UNKNOWN.follows(changed(0))).isFalse();
    }

    @Test
    void theNewOneTakesTheOldOnesPlace() {
        Container before = container("web", "p-web-1", OLD);
        Container now = container("web", "p-web-1", NEW);
        ContainerDirectory after = one.with(changed(5, Change.of(before, now, ChangeReason.RECREATED, null, NOW)));
        assertThat(after.byId(OLD)).isEmpty();
        assertThat(after.byId(NEW)).isPresent();
        ContainerDirectory late = after.with(changed(6, Change.removed(before, NOW)));
        assertThat(late.byId(NEW)).isPresent();
    }

    @Test
    void aRenameLeavesOneEntry() {
        Container now = container("front", "front", OLD);
        ContainerDirectory after =
                one.with(changed(5, Change.of(container("web", "p-web-1", OLD), now, ChangeReason.RENAMED, null, NOW)));
        assertThat(after.containers()).hasSize(2);
        assertThat(after.find("p-web-1")).isEmpty();
    }

    @Test
    void theSuccessorIsOfTheSameServiceAndNumber() {
        LoggedContainer gone = source(OLD, "p-web-1", "1");
        var succession = new SuccessorFinder("web");
        var known = new ContainerDirectory(
                9,
                List.of(
                        container("web2", "p-web-2", "cccccccccccc"),
                        container("making", OLD + "_p-web-1", "eeeeeeeeeeee"),
                        container("web", "elsewhere", NEW)));
        Container first = succession.candidate(known, gone).orElseThrow();
        assertThat(first.id()).isEqualTo("cccccccccccc");
        assertThat(succession.accepts(source("cccccccccccc", "p-web-2", "2"), gone))
                .isFalse();
        Container second = succession.candidate(known, gone).orElseThrow();
        assertThat(second.id()).isEqualTo(NEW);
        assertThat(succession.accepts(source(NEW, "elsewhere", "1"), gone)).isTrue();
    }

    /** Some versions of Compose give what {@code compose run} makes a number too. */
    @Test
    void whatComposeRunMadeIsNoSuccessor() {
        var succession = new SuccessorFinder("web");
        LoggedContainer gone = source(OLD, "p-web-1", "1");
        var identity = ServiceIdentity.of(Map.of(
                "com.docker.compose.project", "p",
                "com.docker.compose.service", "web",
                "com.docker.compose.container-number", "1",
                "com.docker.compose.oneoff", "True"));
        var oneOff = new LoggedContainer(NEW, "p-web-run-1", false, ContainerStatus.RUNNING, NOW, null, 0, 0, identity);
        assertThat(succession.accepts(oneOff, gone)).isFalse();
    }

    @Test
    void withoutComposeTheNameDecides() {
        LoggedContainer gone = new LoggedContainer(
                OLD,
                "plain",
                false,
                ContainerStatus.EXITED,
                NOW,
                NOW,
                0,
                0,
                new ServiceIdentity(null, null, null, false));
        var known = new ContainerDirectory(
                9, List.of(container("other", "other", NEW), container("plain", "plain", "cccccccccccc")));
        assertThat(new SuccessorFinder("plain")
                        .candidate(known, gone)
                        .orElseThrow()
                        .id())
                .isEqualTo("cccccccccccc");
    }

    private static LoggedContainer source(String id, String fullName, String number) {
        var identity = new ServiceIdentity("p", "web", number, false);
        return new LoggedContainer(id, fullName, false, ContainerStatus.EXITED, NOW, NOW, 0, 0, identity);
    }

    private static ContainersChanged changed(long revision, Change... changes) {
        return new ContainersChanged("edge-1", revision, NOW, List.of(changes));
    }

    private static Container container(String name, String fullName, String id) {
        var details = new Details(null, "p", "web", null, null, null, null, null, null);
        return new Container(
                name, fullName, ContainerStatus.RUNNING, "Up", null, id, true, "edge-1", null, details, null);
    }
}
