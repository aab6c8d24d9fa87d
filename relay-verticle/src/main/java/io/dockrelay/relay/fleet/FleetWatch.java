package io.dockrelay.relay.fleet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RollCall;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * Keeps the {@link Fleet} by what is said on the bus: listens, asks for lists, lets time pass, and tells its listener
 * what changed. Owned by the relay's verticle and on its context, from {@link #start} to {@link #close}.
 */
public final class FleetWatch {

    private static final Logger log = LoggerFactory.getLogger(FleetWatch.class);
    private static final long TICK_MILLIS = 1000;

    private final Vertx vertx;
    private final Bus bus;
    private final Clock clock;
    private final Fleet fleet = new Fleet();
    private final ChangeHistory history = new ChangeHistory();
    private final FleetLog told = new FleetLog(fleet);
    private final List<Registration> registrations = new ArrayList<>();
    private Consumer<FleetUpdate> onUpdate = update -> {};
    private Consumer<ServerMessage.Action> onAction = action -> {};
    private long timer;

    public FleetWatch(Vertx vertx, Bus bus, Clock clock) {
        this.vertx = vertx;
        this.bus = bus;
        this.clock = clock;
    }

    /** Who is told of every change; set before the start. */
    public void onUpdate(Consumer<FleetUpdate> listener) {
        onUpdate = listener;
    }

    /** Who is told of every start, stop and restart on its way; set before the start. */
    public void onAction(Consumer<ServerMessage.Action> listener) {
        onAction = listener;
    }

    public Fleet fleet() {
        return fleet;
    }

    public ChangeHistory history() {
        return history;
    }

    public Future<Void> start() {
        registrations.add(
                bus.subscribe(Addresses.CONTROLLERS, news -> learned(fleet.announced(news, clock.instant()))));
        registrations.add(
                bus.subscribe(Addresses.CONTAINERS_CHANGED, news -> learned(fleet.changed(news, clock.instant()))));
        registrations.add(bus.subscribe(Addresses.ENGINE_STATUS, news -> learned(fleet.engine(news, clock.instant()))));
        registrations.add(bus.subscribe(Addresses.ACTIONS, onAction));
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> learned(fleet.tick(clock.instant())));
        return Future.all(registrations.stream().map(Registration::ready).toList())
                .onSuccess(listening -> bus.publish(Addresses.ROLL_CALL, new RollCall()))
                .mapEmpty();
    }

    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.join(registrations.stream().map(Registration::close).toList())
                .mapEmpty();
    }

    private void learned(FleetUpdate update) {
        if (!update.isNothing()) {
            history.add(update.changes());
            told.tell(update);
            onUpdate.accept(update);
        }
        fleet.questions(clock.instant()).forEach(this::ask);
    }

    private void ask(String controller) {
        bus.ask(Addresses.containers(controller), new AskContainers(false))
                .onSuccess(list -> learned(fleet.listed(list, clock.instant())))
                .onFailure(refusal -> unanswered(controller, refusal));
    }

    /** The next tick asks again. */
    private void unanswered(String controller, Throwable refusal) {
        log.debug("controller {} did not give its list: {}", controller, refusal.getMessage());
        fleet.unanswered(controller);
    }
}
