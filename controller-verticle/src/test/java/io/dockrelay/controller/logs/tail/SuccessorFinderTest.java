package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static org.assertj.core.api.Assertions.assertThat;

class SuccessorFinderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:28:41Z");
    private static final String OLD = "aaaaaaaaaaaa";
    private static final String NEW = "bbbbbbbbbbbb";

    @Test
    void successorIsOfTheSameServiceAndNumber() {
        LoggedContainer gone = source(OLD, "p-web-1", "1");
        var successors = new SuccessorFinder("web");
        var known = new ContainerList(List.of(
                container("web2", "p-web-2", "cccccccccccc"),
                container("making", OLD + "_p-web-1", "eeeeeeeeeeee"),
                container("web", "elsewhere", NEW)));
        Container first = successors.candidate(known, gone).orElseThrow();
        assertThat(first.id()).isEqualTo("cccccccccccc");
        assertThat(successors.accepts(source("cccccccccccc", "p-web-2", "2"), gone))
                .isFalse();
        Container second = successors.candidate(known, gone).orElseThrow();
        assertThat(second.id()).isEqualTo(NEW);
        assertThat(successors.accepts(source(NEW, "elsewhere", "1"), gone)).isTrue();
    }

    /** Some versions of Compose give what {@code compose run} makes a number too. */
    @Test
    void containerOfComposeRunIsNoSuccessor() {
        var successors = new SuccessorFinder("web");
        LoggedContainer gone = source(OLD, "p-web-1", "1");
        var identity = ComposeLabels.of(Map.of(
                "com.docker.compose.project", "p",
                "com.docker.compose.service", "web",
                "com.docker.compose.container-number", "1",
                "com.docker.compose.oneoff", "True"));
        var oneOff = new LoggedContainer(NEW, "p-web-run-1", false, ContainerStatus.RUNNING, NOW, null, 0, 0, identity);
        assertThat(successors.accepts(oneOff, gone)).isFalse();
    }

    /** A swarm keeps the ended tasks that were in the same place before. */
    @Test
    void containerThatRanBeforeTheGoneOneIsNoSuccessor() {
        var successors = new SuccessorFinder("web");
        LoggedContainer gone = source(OLD, "shop_web.1.current", "1");
        var before = new LoggedContainer(
                NEW,
                "shop_web.1.before",
                false,
                ContainerStatus.EXITED,
                NOW.minusSeconds(60),
                NOW.minusSeconds(1),
                0,
                0,
                gone.identity());
        assertThat(successors.accepts(before, gone)).isFalse();
    }

    @Test
    void withoutComposeTheFullNameDecides() {
        LoggedContainer gone =
                new LoggedContainer(OLD, "plain", false, ContainerStatus.EXITED, NOW, NOW, 0, 0, ComposeLabels.NONE);
        var known = new ContainerList(
                List.of(container("other", "other", NEW), container("plain", "plain", "cccccccccccc")));
        assertThat(new SuccessorFinder("plain")
                        .candidate(known, gone)
                        .orElseThrow()
                        .id())
                .isEqualTo("cccccccccccc");
    }

    private static LoggedContainer source(String id, String fullName, String number) {
        var identity = new ComposeLabels("p", "web", number, false);
        return new LoggedContainer(id, fullName, false, ContainerStatus.EXITED, NOW, NOW, 0, 0, identity);
    }

    private static Container container(String name, String fullName, String id) {
        var details = Details.ofService(null, "p", "web");
        return new Container(
                name, fullName, ContainerStatus.RUNNING, "Up", null, id, true, "edge-1", null, details, null);
    }
}
