package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.protocol.state.ContainerStatus;

/** Containers as looks might find them, for tests of the pure parts. */
final class ObservedContainers {

    static final Instant CREATED_AT = Instant.parse("2025-11-25T20:00:00Z");
    static final Instant STARTED_AT = Instant.parse("2025-11-25T20:00:01.5Z");
    static final Instant FINISHED_AT = Instant.parse("2025-11-25T20:30:00Z");

    private ObservedContainers() {}

    static String id(int number) {
        return String.format("%012x", number);
    }

    static ObservedContainer up(int id, String name) {
        return seen(id, name, ComposeLabels.NONE, ContainerStatus.RUNNING, "Up 5 seconds", running(STARTED_AT));
    }

    static ObservedContainer exited(int id, String name, int code) {
        return seen(
                id,
                name,
                ComposeLabels.NONE,
                ContainerStatus.EXITED,
                "Exited (" + code + ") 1 second ago",
                new InspectedFacts(STARTED_AT, FINISHED_AT, code, false, 0, null, null, null));
    }

    static ObservedContainer created(int id, String name) {
        return seen(id, name, ComposeLabels.NONE, ContainerStatus.CREATED, "Created", InspectedFacts.NONE);
    }

    static InspectedFacts running(Instant since) {
        return new InspectedFacts(since, null, 0, false, 0, null, null, null);
    }

    static ObservedContainer seen(
            int id, String name, ComposeLabels compose, ContainerStatus status, String text, InspectedFacts facts) {
        return new ObservedContainer(
                id(id),
                name,
                "image:1",
                status,
                text,
                CREATED_AT,
                compose,
                false,
                List.of(),
                Optional.of(facts),
                Map.of());
    }

    static ObservedContainer with(ObservedContainer seen, ContainerStatus status, String text) {
        return seen(Integer.parseInt(seen.id(), 16), seen.fullName(), seen.compose(), status, text, seen.known());
    }
}
