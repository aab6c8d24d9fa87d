package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The containers and the engine of a remote controller, published on the bus. Owned by its {@link RemoteController}, on the
 * uplink's context.
 */
final class RemoteInventory {

    private static final Logger log = LoggerFactory.getLogger(RemoteInventory.class);

    /** The answer to {@code GET /containers}. */
    private record Listed(List<Container> containers, String error) {}

    private final StatePublisher publisher;
    private final String controller;
    private final ControllerRest rest;
    private final RemoteList list;

    /** Status texts ("Up 2 hours") of this age are fetched again when the list is asked for. */
    private final Duration textsLast;

    /** When the whole list last arrived, or was asked for. */
    private Instant listedAt = Instant.EPOCH;

    private EngineStatus engine;
    private Runnable onList = () -> {};

    /** False while the controller itself is on the bus: then nothing is published. */
    private boolean active;

    /** Whether a list has arrived. */
    private boolean known;

    private boolean fetching;

    /** Whether something has changed since the list was asked for. */
    private boolean fetchAgain;

    RemoteInventory(StatePublisher publisher, String controller, ControllerRest rest, Duration textsLast) {
        this.publisher = publisher;
        this.controller = controller;
        this.rest = rest;
        this.textsLast = textsLast;
        list = new RemoteList(controller);
        engine = new EngineStatus(controller, true, Instant.now(), null);
    }

    /** Called when the list may have changed; set before it is used. */
    void onList(Runnable listener) {
        onList = listener;
    }

    RemoteList list() {
        return list;
    }

    void activate(boolean publishes) {
        active = publishes;
    }

    /** The list of a new connection: its differences from the list before the outage are published as changes. */
    void connected(List<Container> containers) {
        if (!engine.available() || engine.message() != null) {
            engine(true, Instant.now(), null);
        }
        listedAt = Instant.now();
        List<Change> changes = list.replace(containers, listedAt);
        if (known) {
            publish(changes);
        }
        onList.run();
        known = true; // Verticles that need the first list request it after the announcement.
    }

    void changed(List<Change> changes) {
        if (changes.stream().allMatch(Change::isComplete)) {
            publish(list.apply(changes, Instant.now()));
            onList.run();
        } else {
            fetch();
        }
    }

    void engine(boolean available, Instant since, String message) {
        engine = new EngineStatus(controller, available, since, message);
        if (active) {
            publisher.publish(Addresses.ENGINE_STATUS, engine);
        }
    }

    Future<ContainersSnapshot> containers(AskContainers question) {
        Instant now = Instant.now();
        if (!question.fresh() && listedAt.plus(textsLast).isAfter(now)) {
            return Future.succeededFuture(snapshot());
        }
        listedAt = now;
        Future<ContainersSnapshot> fetched = listed().map(fresh -> {
            list.refresh(fresh);
            return snapshot();
        });
        return question.fresh() ? fetched : fetched.otherwise(failure -> snapshot());
    }

    private ContainersSnapshot snapshot() {
        return new ContainersSnapshot(controller, list.revision(), list.at(), engine, list.containers());
    }

    private void publish(List<Change> changes) {
        if (!changes.isEmpty() && active) {
            publisher.publish(
                    Addresses.CONTAINERS_CHANGED,
                    new ContainersChanged(controller, list.revision(), list.at(), changes));
        }
    }

    /** Shows an action that the controller itself does not report; null for its end. */
    void show(String container, ActionInProgress action) {
        publish(list.show(container, action, Instant.now()));
    }

    /** Fetches the list of a controller whose changes are incomplete or rare; one fetch at a time. */
    void fetch() {
        if (fetching) {
            fetchAgain = true;
            return;
        }
        fetching = true;
        fetchAgain = false;
        listed().onComplete(this::fetched, this::notFetched);
    }

    private void fetched(List<Container> containers) {
        fetching = false;
        publish(list.replace(containers, Instant.now()));
        onList.run();
        if (fetchAgain) {
            fetch();
        }
    }

    private void notFetched(Throwable failure) {
        fetching = false;
        log.warn("[controller-ws] no list from controller {}: {}", controller, failure.getMessage());
    }

    private Future<List<Container>> listed() {
        return rest.send(HttpMethod.GET, "/containers", rest.requestTimeout()).compose(this::containersOf);
    }

    /** While its engine is down, a controller answers 503 with its last known containers. */
    private Future<List<Container>> containersOf(ControllerRest.Answer answer) {
        boolean expected = answer.status() == 200 || answer.status() == RefusalKind.ENGINE_UNAVAILABLE.httpStatus();
        if (expected) {
            try {
                Listed listed = WireJson.read(answer.body().getBytes(), Listed.class);
                if (listed.containers() != null) {
                    return Future.succeededFuture(listed.containers());
                }
            } catch (UncheckedIOException e) {
                log.debug("the list of controller {} cannot be read", controller, e);
            }
        }
        return Future.failedFuture(ControllerRest.refusal(answer));
    }
}
