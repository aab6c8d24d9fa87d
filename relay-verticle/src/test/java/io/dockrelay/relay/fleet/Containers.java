package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;
import io.dockrelay.protocol.state.Health;
import io.dockrelay.protocol.wire.LinkState;

/** Containers and their changes, for tests. */
public final class Containers {

    /** When all tests begin. */
    public static final Instant NOON = Instant.parse("2025-11-25T12:00:00Z");

    private Containers() {}

    public static Container running(String name) {
        return container(name, ContainerStatus.RUNNING, "Up 5 seconds");
    }

    public static Container exited(String name) {
        return container(name, ContainerStatus.EXITED, "Exited (0) 3 seconds ago");
    }

    public static Container container(String name, ContainerStatus status, String text) {
        return container(name, idOf(name), status, null, text);
    }

    public static Container container(String name, String id, ContainerStatus status, Health health, String text) {
        return new Container(
                name,
                "shop-" + name,
                status,
                text,
                health,
                id,
                true,
                null,
                Actions.ALL_ALLOWED,
                Details.NOTHING_KNOWN,
                null);
    }

    public static String idOf(String name) {
        return String.format("%012x", name.hashCode() & 0xffffffffL);
    }

    public static ControllerPresence there(String controller) {
        return new ControllerPresence(controller, LinkState.CONNECTED, NOON, 0, null, false, List.of());
    }

    public static ControllerPresence gone(String controller) {
        return new ControllerPresence(controller, null, NOON, 0, null, false, List.of());
    }

    public static ControllerPresence uplink(String controller, LinkState state, Instant since, int attempt) {
        Long retry = state == LinkState.WAITING ? 4000L : null;
        return new ControllerPresence(controller, state, since, attempt, retry, true, List.of());
    }

    public static ContainersSnapshot list(String controller, long revision, Container... containers) {
        var engine = new EngineStatus(controller, true, NOON, null);
        return new ContainersSnapshot(controller, revision, NOON, engine, List.of(containers));
    }

    public static ContainersChanged news(String controller, long revision, Change... changes) {
        return new ContainersChanged(controller, revision, NOON, List.of(changes));
    }

    public static Change started(String name) {
        return Change.of(exited(name), running(name), ChangeReason.STARTED, null, NOON);
    }

    public static Change stopped(String name) {
        return Change.of(running(name), exited(name), ChangeReason.STOPPED, 0, NOON);
    }
}
