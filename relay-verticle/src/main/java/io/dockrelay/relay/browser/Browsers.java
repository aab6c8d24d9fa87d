package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Vertx;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.stats.StatsSubscriptions;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetUpdate;

/**
 * All browsers of this relay, and the messages that each of them gets: encoded once for all. A change of the list is sent at
 * once; the changes that follow closely are gathered into one message per {@link #INTERVAL}.
 *
 * <p>Owned by the relay's verticle, from {@link #start} to {@link #close}; everything happens on its context.
 */
public final class Browsers implements BrowserSession.Group {

    /** The shortest time between two messages about the list. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    /** Between two heartbeats; a page treats the relay as gone when several are missing. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Duration CHECK_FOR_STUCK = Duration.ofSeconds(5);

    private final BrowserContext context;
    private final Fleet fleet;
    private final String build;
    private final EncodedList list;
    private final StatsSubscriptions stats;
    private final Set<BrowserSession> sessions = new LinkedHashSet<>();
    private final UpdatePacer pacer = new UpdatePacer(INTERVAL);
    private final PendingDelta pending = new PendingDelta();
    /** Counts the messages about the list. */
    private long revision;
    /** Runs while a message about the list waits for its time. */
    private final Timeout sending;

    private final Periodic heartbeats;
    private final Periodic stuckChecks;

    /** @param build sent with each heartbeat, so that a page sees that it is older than the relay */
    public Browsers(Vertx vertx, Bus bus, BrowserContext context, String build) {
        this.context = context;
        this.fleet = context.fleet();
        this.build = build;
        this.list = new EncodedList(fleet);
        this.stats = new StatsSubscriptions(vertx, bus, this::fullName);
        this.sending = new Timeout(vertx);
        this.heartbeats = new Periodic(vertx);
        this.stuckChecks = new Periodic(vertx);
    }

    public void start() {
        heartbeats.start(HEARTBEAT, this::heartbeat);
        stuckChecks.start(CHECK_FOR_STUCK, this::closeStuck);
    }

    public void close() {
        heartbeats.cancel();
        stuckChecks.cancel();
        sending.cancel();
        stats.close();
    }

    @Override
    public int size() {
        return sessions.size();
    }

    /** Logs that they follow together. */
    public int subscriptions() {
        return sessions.stream().mapToInt(BrowserSession::subscriptions).sum();
    }

    /** The fleet has changed. */
    public void fleetUpdated(FleetUpdate update) {
        update.links().forEach(link -> toAll(ServerMessage.ControllerState.of(link)));
        update.engines().forEach(engine -> toAll(message(engine)));
        if (update.ofList()) {
            pending.add(update);
            sendSoon();
            each(BrowserSession::fleetChanged);
        }
        if (!update.forgotten().isEmpty()) {
            // Only the whole list removes a controller from a page.
            each(BrowserSession::wholeList);
        }
        update.moves().forEach(move -> stats.moved(move.controller(), move.successor()));
        if (!update.links().isEmpty() || !update.forgotten().isEmpty()) {
            stats.controllers(
                    fleet.links(now()).stream().map(ControllerLink::controller).toList());
        }
    }

    /** A start, stop or restart was accepted, or has ended. */
    public void actionProgressed(ServerMessage.Action action) {
        toAll(action);
    }

    /** A browser has opened a socket. */
    public void enter(ClientSocket socket) {
        BrowserSession session = new BrowserSession(socket, this, context);
        sessions.add(session);
        session.wholeList();
        fleet.engineReports().forEach(engine -> session.send(WireJson.write(message(engine))));
    }

    @Override
    public StatsSubscriptions stats() {
        return stats;
    }

    @Override
    public void left(BrowserSession session) {
        stats.remove(session);
        sessions.remove(session);
    }

    @Override
    public byte[] wholeList(List<Change> changes) {
        return list.bytes(now(), revision, changes);
    }

    private Instant now() {
        return context.clock().instant();
    }

    void closeStuck() {
        each(session -> session.tick(now()));
    }

    private void sendSoon() {
        if (sending.isRunning()) {
            return;
        }
        Duration wait = pacer.wait(now());
        if (wait.isZero()) {
            send();
            return;
        }
        sending.start(wait, this::send);
    }

    /** A browser of version 1 takes the next list for the effect of its action, so it gets none when an action begins. */
    private void send() {
        pacer.sent(now());
        revision++;
        List<Change> changes = pending.changes();
        boolean ofStates = pending.ofStates();
        ServerMessage.ContainersDelta delta = pending.take(now(), revision);
        byte[] whole = null;
        byte[] onlyChanged = null;
        for (BrowserSession session : List.copyOf(sessions)) {
            if (session.deltas()) {
                onlyChanged = onlyChanged == null ? WireJson.write(delta) : onlyChanged;
                session.listChanged(onlyChanged, changes);
            } else if (ofStates) {
                whole = whole == null ? wholeList(changes) : whole;
                session.listChanged(whole, changes);
            }
        }
    }

    private String fullName(ContainerStats item) {
        Container known = fleet.at(item.controller(), item.container());
        return known == null ? null : known.fullName();
    }

    private void heartbeat() {
        byte[] beat = WireJson.write(new ServerMessage.Heartbeat(now(), build));
        each(session -> session.heartbeat(beat));
    }

    private void toAll(ServerMessage message) {
        byte[] encoded = WireJson.write(message);
        each(session -> session.send(encoded));
    }

    /** A session may leave while it takes a message. */
    private void each(Consumer<BrowserSession> what) {
        List.copyOf(sessions).forEach(what);
    }

    private static ServerMessage.EngineState message(EngineStatus engine) {
        return new ServerMessage.EngineState(engine.available(), engine.since(), engine.message(), engine.controller());
    }
}
