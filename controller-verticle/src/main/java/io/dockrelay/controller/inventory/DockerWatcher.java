package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RunningActions;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.settings.ControllerSettings;

/**
 * Watches one engine: scans its containers at a steady interval, and at once when an event hints at a change; keeps the list
 * and publishes its changes on the bus. Deployed by the controller and undeployed with it, on its own event loop. An engine
 * that does not answer is reported once, and asked at the same interval.
 */
public final class DockerWatcher extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DockerWatcher.class);

    /** Long enough for the first scan, which has to load its classes. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** While the engine is away: short, so that a scan that hangs does not delay the discovery of its return. */
    private static final Duration DEADLINE_AWAY = Duration.ofSeconds(2);

    private static final String AWAY = "the engine does not answer";

    private final DockerEngine engine;
    private final ControllerSettings settings;
    private final ScanScope scope;

    private final EventHints hints = new EventHints();
    private final FailedStarts failedStarts = new FailedStarts();
    private final Inventory inventory;
    private final EngineAvailability availability;

    /** Of the last change. It starts with the time, so that a restarted controller never continues the old revisions. */
    private long revision = System.currentTimeMillis();

    /** As the controller last reported them. */
    private RunningActions running = RunningActions.NONE;

    /** Whether the list can be asked for, so that its changes are published. */
    private boolean open;

    private Bus bus;
    private ComposeFiles composeFiles;
    private ScanScheduler scans;
    private EngineEvents events;
    private Registration answering;
    private Registration acting;
    private PresenceAnnouncer presence;
    private Periodic ticks;

    /** @param engine closed by the caller, after this verticle */
    public DockerWatcher(DockerEngine engine, ControllerSettings settings, OwnContainers own) {
        this.engine = engine;
        this.settings = settings;
        this.scope = new ScanScope(settings.composeProject(), own, RightsLabels.of(settings.rightsLabels()));
        boolean control = PresenceAnnouncer.allowed(settings).contains(Permission.CONTROL);
        this.inventory = new Inventory(settings.id(), control ? null : ActionPermissions.NOT_ALLOWED);
        this.availability = new EngineAvailability(settings.id(), engine.endpoint());
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        ticks = new Periodic(vertx);
        composeFiles = new ComposeFiles(vertx, settings.composeFiles(), scope);
        scans = new ScanScheduler(vertx, this::scan);
        events = new EngineEvents(vertx, engine, hints, scans::hint, this::eventsRefused);
        return composeFiles
                .services()
                .onSuccess(inventory::startWith)
                .compose(services -> scans.fresh())
                .compose(scanned -> open());
    }

    @Override
    public Future<?> stop() {
        ticks.cancel();
        scans.stop();
        events.stop();
        if (answering == null) {
            return Future.succeededFuture();
        }
        return Future.join(presence.leave(Instant.now()), answering.close(), acting.close());
    }

    private Future<Void> open() {
        open = true;
        answering = bus.answer(Addresses.containers(settings.id()), this::answer);
        acting = bus.subscribe(Addresses.runningActions(settings.id()), this::acting);
        presence = PresenceAnnouncer.start(vertx, bus, settings, Instant.now());
        ticks.start(settings.lookInterval(), scans::tick);
        events.listen();
        return Future.all(answering.ready(), acting.ready()).mapEmpty();
    }

    private Future<ContainersSnapshot> answer(AskContainers question) {
        return question.fresh() ? scans.fresh().map(scanned -> snapshot()) : Future.succeededFuture(snapshot());
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
    private Future<Void> scan() {
        Instant startedAt = Instant.now();
        Set<String> touched = hints.touched();
        Set<String> wanted = new HashSet<>(touched);
        wanted.addAll(failedStarts.next());
        var scan = new EngineScan(engine, scope, availability.away() ? DEADLINE_AWAY : DEADLINE);
        return composeFiles
                .services()
                .compose(services -> scan.run(inventory.seen(), wanted, elapsed(startedAt))
                        .map(found -> {
                            hints.putBack(scan.leftOver());
                            found(found, services);
                            return (Void) null;
                        }))
                .recover(failure -> {
                    failed(touched, failure);
                    return Future.succeededFuture();
                });
    }

    private Duration elapsed(Instant now) {
        return availability.answeredAt() == null ? Duration.ZERO : Duration.between(availability.answeredAt(), now);
    }

    private void found(List<ObservedContainer> found, List<ComposeService> services) {
        Instant now = Instant.now();
        List<Change> changes = inventory.update(found, services, hints.requestedEnds(), now);
        failedStarts.observed(found);
        hints.settle(found.stream()
                .filter(ObservedContainer::isUp)
                .map(ObservedContainer::id)
                .collect(Collectors.toSet()));
        boolean back = availability.answered(now);
        if (!open) {
            return;
        }
        if (back) {
            bus.publish(Addresses.ENGINE_STATUS, availability.status());
            events.listen();
        }
        publish(changes, now);
    }

    private void publish(List<Change> changes, Instant now) {
        if (!changes.isEmpty()) {
            revision++;
            bus.publish(Addresses.CONTAINERS_CHANGED, new ContainersChanged(settings.id(), revision, now, changes));
        }
    }

    /** @param reason null when the engine sends its events */
    private void eventsRefused(String reason) {
        if (availability.events(reason) && open) {
            bus.publish(Addresses.ENGINE_STATUS, availability.status());
        }
    }

    /** Shows an action from its beginning until a scan after its end, so that its effect is known when it disappears. */
    private void acting(RunningActions actions) {
        running = actions;
        show(inventory.shownActions().and(actions));
        if (!inventory.shownActions().equals(actions)) {
            scans.fresh().onSuccess(scanned -> show(running));
        }
    }

    private void show(RunningActions actions) {
        Instant now = Instant.now();
        publish(inventory.show(actions, now), now);
    }

    private void failed(Set<String> touched, Throwable failure) {
        if (scans.isStopped()) {
            return; // The failure may be our own: the engine's client is closed next.
        }
        hints.putBack(touched);
        if (DockerEngineException.is(Kind.BUSY, failure)) {
            log.debug("a scan found no free connection", failure); // This says nothing about the engine.
            return;
        }
        if (availability.failed(Instant.now(), String.valueOf(failure.getMessage()))) {
            if (open) {
                bus.publish(Addresses.ENGINE_STATUS, availability.status());
            }
        } else {
            log.debug("the engine still does not answer", failure);
        }
    }
}
