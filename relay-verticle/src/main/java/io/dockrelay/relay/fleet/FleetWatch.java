package io.dockrelay.relay.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RollCall;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.LinkMeasure;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * Keeps the {@link Fleet} up to date from the bus: subscribes, asks for lists, lets time pass, and informs its listeners of
 * what changed. Owned by the relay's verticle, on its context, from {@link #start} to {@link #close}.
 */
public final class FleetWatch {

    private static final Logger log = LoggerFactory.getLogger(FleetWatch.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** After a tick that comes this late, announcements of controllers that are there may still wait to be handled. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final Duration GRACE = Addresses.ANNOUNCE_EVERY.multipliedBy(3);

    private final Bus bus;
    private final Clock clock;
    private final Fleet fleet;
    private final ChangeHistory history = new ChangeHistory();
    private final FleetLog fleetLog;
    private final List<Registration> registrations = new ArrayList<>();
    private final Periodic ticks;
    private Consumer<FleetUpdate> onUpdate = update -> {};
    private Consumer<ServerMessage.Action> onAction = action -> {};
    private Consumer<ControllerEvent> onController = event -> {};
    private Runnable onDecided = () -> {};
    private ExpectedControllers expected = ExpectedControllers.NONE;
    /** Runs while controllers are expected. */
    private final Timeout expecting;
    /** Whether there was one to be heard of after the last update. */
    private boolean undecided;

    /** Controllers that do not accept this relay, and about which there was a warning. */
    private final Set<String> refusing = new HashSet<>();

    private Instant lastTick;

    /** Until then no controller is judged to be silent. */
    private Instant graceUntil = Instant.EPOCH;

    public FleetWatch(Vertx vertx, Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
        fleet = new Fleet(vertx.isClustered() ? LinkKind.CLUSTER : LinkKind.LOCAL);
        fleetLog = new FleetLog(fleet);
        this.ticks = new Periodic(vertx);
        this.expecting = new Timeout(vertx);
    }

    /** Called with every change; set before the start. */
    public void onUpdate(Consumer<FleetUpdate> listener) {
        onUpdate = listener;
    }

    /** Called with every progress of a start, stop or restart; set before the start. */
    public void onAction(Consumer<ServerMessage.Action> listener) {
        onAction = listener;
    }

    /** Called when what is open at a controller is lost, or can be opened again; set before the start. */
    public void onController(Consumer<ControllerEvent> listener) {
        onController = listener;
    }

    /** The controllers that have to be heard of; set before the start. */
    public void expect(ExpectedControllers controllers) {
        expected = controllers;
    }

    /** Called when all controllers that are expected have been heard of, or their time is over; set before the start. */
    public void onDecided(Runnable listener) {
        onDecided = listener;
    }

    public Fleet fleet() {
        return fleet;
    }

    public ChangeHistory history() {
        return history;
    }

    /**
     * Stops listing a controller that is away, until it connects.
     *
     * @throws Refusal when it is not known, or connected
     */
    public void dismiss(String controller) {
        updated(fleet.dismiss(controller));
    }

    /** What was measured of the link to a controller. It is for browsers, and no news for the operator. */
    public void measured(String controller, LinkMeasure measure) {
        FleetUpdate update = fleet.measured(controller, measure, clock.instant());
        if (!update.isNothing()) {
            onUpdate.accept(update);
        }
    }

    public Future<Void> start() {
        fleet.expect(expected, clock.instant());
        undecided = fleet.expectsControllers();
        expecting.start(expected.atMost(), this::expectNoMore);
        registrations.add(
                bus.subscribe(Addresses.CONTROLLERS, presence -> updated(fleet.announced(presence, clock.instant()))));
        registrations.add(bus.subscribe(
                Addresses.CONTAINERS_CHANGED, message -> updated(fleet.changed(message, clock.instant()))));
        registrations.add(
                bus.subscribe(Addresses.ENGINE_STATUS, status -> updated(fleet.engine(status, clock.instant()))));
        registrations.add(bus.subscribe(Addresses.ACTIONS, onAction));
        lastTick = clock.instant();
        ticks.start(TICK, this::tick);
        return Future.all(registrations.stream().map(Registration::ready).toList())
                .onSuccess(listening -> bus.publish(Addresses.ROLL_CALL, new RollCall()))
                .mapEmpty();
    }

    public Future<Void> close() {
        ticks.cancel();
        expecting.cancel();
        return Future.join(registrations.stream().map(Registration::close).toList())
                .mapEmpty();
    }

    private void tick() {
        Instant now = clock.instant();
        if (lastTick.plus(TICK).plus(LATE).isBefore(now)) {
            graceUntil = now.plus(GRACE);
        }
        lastTick = now;
        updated(now.isBefore(graceUntil) ? FleetUpdate.NOTHING : fleet.tick(now));
    }

    private void expectNoMore() {
        fleet.expectNoMore();
        decide();
    }

    private void decide() {
        boolean before = undecided;
        undecided = fleet.expectsControllers();
        if (before && !undecided) {
            onDecided.run();
        }
    }

    private void updated(FleetUpdate update) {
        if (!update.isNothing()) {
            update.moves().forEach(move -> history.moved(move.controller(), move.successor()));
            update.changes()
                    .forEach(change -> history.add(new ChangeHistory.Entry(
                            change, fleet.subject(change, update).orElse(null))));
            fleetLog.write(update);
            onUpdate.accept(update);
        }
        update.events().forEach(onController);
        decide();
        fleet.questions(clock.instant()).forEach(this::ask);
    }

    private void ask(String controller) {
        bus.ask(Addresses.containers(controller), new AskContainers(false))
                .onSuccess(list -> listed(controller, list))
                .onFailure(refusal -> unanswered(controller, refusal));
    }

    private void listed(String controller, ContainersSnapshot list) {
        refusing.remove(controller);
        updated(fleet.listed(list, clock.instant()));
    }

    /** The next tick asks again. */
    private void unanswered(String controller, Throwable refusal) {
        boolean refused = Refusal.is(RefusalKind.NOT_ALLOWED, refusal);
        if (refused && refusing.add(controller)) {
            log.warn("controller {} refuses this relay: {}", controller, refusal.getMessage());
        } else {
            log.debug("controller {} did not give its list: {}", controller, refusal.getMessage());
        }
        if (refused) {
            fleet.refused(controller);
            decide();
        } else {
            fleet.unanswered(controller);
        }
    }
}
