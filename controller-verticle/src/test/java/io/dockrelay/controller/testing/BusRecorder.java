package io.dockrelay.controller.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.wire.ServerMessage;

/** Records everything that a controller publishes. */
public final class BusRecorder {

    public final List<ContainersChanged> changed = new CopyOnWriteArrayList<>();
    public final List<EngineStatus> engine = new CopyOnWriteArrayList<>();
    public final List<ControllerPresence> presence = new CopyOnWriteArrayList<>();
    public final List<ServerMessage.Action> actions = new CopyOnWriteArrayList<>();

    public BusRecorder(Vertx vertx) {
        Bus bus = Bus.of(vertx);
        Waiting.await(Future.all(List.of(
                ready(bus.subscribe(Addresses.CONTAINERS_CHANGED, changed::add)),
                ready(bus.subscribe(Addresses.ENGINE_STATUS, engine::add)),
                ready(bus.subscribe(Addresses.CONTROLLERS, presence::add)),
                ready(bus.subscribe(Addresses.ACTIONS, actions::add)))));
    }

    public List<Change> changes() {
        List<Change> all = new ArrayList<>();
        changed.forEach(message -> all.addAll(message.changes()));
        return all;
    }

    /** Waits for a change and returns it. */
    @CanIgnoreReturnValue
    public Change awaitChange(Duration patience, Predicate<Change> wanted) {
        return Awaitility.await("a change, but there are only " + changes())
                .atMost(patience)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> changes().stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static Future<Void> ready(Registration registration) {
        return registration.ready();
    }
}
