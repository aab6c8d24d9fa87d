package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.settings.ControllerSettings;

/**
 * Watches one engine: looks at its containers at a steady pace, sooner when an event hints at a change, keeps the list
 * and tells the bus what changed in it. Deployed by the controller and ended with it; everything happens on its event
 * loop. An engine that is away is told once, and looked for at the same pace.
 */
public final class DockerWatcher extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DockerWatcher.class);

    /** Of the first look too, when this process has all its classes still to load. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** While the engine is away: short, so that its return is not slept through in a look that hangs. */
    private static final Duration DEADLINE_AWAY = Duration.ofSeconds(2);

    private static final String AWAY = "the engine does not answer";

    private final DockerEngine engine;
    private final ControllerSettings settings;
    private final OwnContainers own;

    private final EventHints hints = new EventHints();
    private final Inventory inventory;
    private final EngineAvailability availability;

    /** The last change's; it begins with the time, so that a restarted controller's never continue the old ones. */
    private long revision = System.currentTimeMillis();

    /** True once the list may be asked for, and so changes of it be told. */
    private boolean told;

    private Bus bus;
    private ComposeFiles composeFiles;
    private ScanScheduler looks;
    private EngineEvents events;
    private Registration answering;
    private PresenceAnnouncer presence;
    private long timer = -1;

    /** The engine is used, and not closed, by this verticle. */
    public DockerWatcher(DockerEngine engine, ControllerSettings settings, OwnContainers own) {
        this.engine = engine;
        this.settings = settings;
        this.own = own;
        this.inventory = new Inventory(settings.id());
        this.availability = new EngineAvailability(settings.id(), engine.endpoint());
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        composeFiles = new ComposeFiles(vertx, settings.composeFiles(), settings.composeProject());
        looks = new ScanScheduler(vertx, this::look);
        events = new EngineEvents(vertx, engine, hints, looks::hint);
        return composeFiles
                .services()
                .onSuccess(inventory::startWith)
                .compose(services -> looks.fresh())
                .compose(looked -> open());
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        looks.stop();
        events.stop();
        if (answering == null) {
            return Future.succeededFuture();
        }
        return Future.join(presence.leave(Instant.now()), answering.close());
    }

    private Future<Void> open() {
        told = true;
        answering = bus.answer(Addresses.containers(settings.id()), this::answer);
        presence = PresenceAnnouncer.begin(vertx, bus, settings.id(), Instant.now());
        timer = vertx.setPeriodic(settings.lookInterval().toMillis(), id -> looks.tick());
        events.listen();
        return answering.ready();
    }

    private Future<ContainersSnapshot> answer(AskContainers question) {
        return question.fresh() ? looks.fresh().map(looked -> snapshot()) : Future.succeededFuture(snapshot());
    }

    private ContainersSnapshot snapshot() {
        List<Container> containers = inventory.containers();
        Instant asOf = availability.answeredAt() == null ? Instant.now() : availability.answeredAt();
        if (!availability.available()) {
            containers = containers.stream()
                    .map(container -> container.unknownSince(asOf, AWAY))
                    .toList();
        }
        return new ContainersSnapshot(settings.id(), revision, asOf, availability.status(), containers);
    }

    /** Never fails. */
    private Future<Void> look() {
        Instant begun = Instant.now();
        Set<String> touched = hints.touched();
        var look =
                new EngineScan(engine, settings.composeProject(), own, availability.away() ? DEADLINE_AWAY : DEADLINE);
        return composeFiles
                .services()
                .compose(services -> look.take(inventory.seen(), touched, elapsed(begun))
                        .map(found -> {
                            hints.putBack(look.leftOver());
                            found(found, services);
                            return (Void) null;
                        }))
                .recover(failure -> {
                    missed(touched, failure);
                    return Future.succeededFuture();
                });
    }

    private Duration elapsed(Instant now) {
        return availability.answeredAt() == null ? Duration.ZERO : Duration.between(availability.answeredAt(), now);
    }

    private void found(List<ObservedContainer> found, List<ComposeService> services) {
        Instant now = Instant.now();
        List<Change> changes = inventory.update(found, services, hints.asked(), now);
        hints.settle(found.stream()
                .filter(ObservedContainer::isUp)
                .map(ObservedContainer::id)
                .collect(Collectors.toSet()));
        boolean back = availability.answered(now);
        if (!told) {
            return;
        }
        if (back) {
            bus.publish(Addresses.ENGINE_STATUS, availability.status());
            events.listen();
        }
        if (!changes.isEmpty()) {
            revision++;
            bus.publish(Addresses.CONTAINERS_CHANGED, new ContainersChanged(settings.id(), revision, now, changes));
        }
    }

    private void missed(Set<String> touched, Throwable failure) {
        if (looks.isStopped()) {
            return; // it is we who go away
        }
        hints.putBack(touched);
        if (availability.missed(Instant.now(), String.valueOf(failure.getMessage()))) {
            if (told) {
                bus.publish(Addresses.ENGINE_STATUS, availability.status());
            }
        } else {
            log.debug("the engine still does not answer", failure);
        }
    }
}
