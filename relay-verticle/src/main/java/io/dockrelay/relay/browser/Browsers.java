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
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetUpdate;

/**
 * All browsers of this relay, and what is said to every one of them: encoded once, however many there are. A change of
 * the list goes out at once, and what follows on its heels is gathered into one message in each {@link #INTERVAL}.
 *
 * <p>Owned by the relay's verticle, from {@link #start} to {@link #close}; everything happens on its context.
 */
public final class Browsers {

    /** Between two messages about the list. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    /** Between two heartbeats; a page takes the relay for gone when several stay away. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Duration LOOK_FOR_STUCK = Duration.ofSeconds(5);

    private final Vertx vertx;
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
    /** True while a timer will send what is pending. */
    private boolean sending;

    /** -1 until started. */
    private long heartbeats = -1;
    /** -1 until started. */
    private long looks = -1;

    /** @param build told with each heartbeat, so that a page sees that it is older than the relay */
    public Browsers(Vertx vertx, Bus bus, BrowserContext context, String build) {
        this.vertx = vertx;
        this.context = context;
        this.fleet = context.fleet();
        this.build = build;
        this.list = new EncodedList(fleet);
        this.stats = new StatsSubscriptions(vertx, bus, this::fullName);
    }

    public void start() {
        heartbeats = vertx.setPeriodic(HEARTBEAT.toMillis(), beat -> heartbeat());
        looks = vertx.setPeriodic(LOOK_FOR_STUCK.toMillis(), look -> closeStuck());
    }

    public void close() {
        vertx.cancelTimer(heartbeats);
        vertx.cancelTimer(looks);
        stats.close();
    }

    /** Browsers that are there now. */
    public int size() {
        return sessions.size();
    }

    /** Logs that they follow, all together. */
    public int subscriptions() {
        return sessions.stream().mapToInt(BrowserSession::subscriptions).sum();
    }

    /** The fleet has changed. */
    public void learned(FleetUpdate update) {
        update.links().forEach(link -> toAll(ServerMessage.ControllerState.of(link)));
        update.engines().forEach(engine -> toAll(message(engine)));
        if (update.ofList()) {
            pending.add(update);
            sendSoon();
            each(BrowserSession::fleetChanged);
        }
        if (!update.forgotten().isEmpty()) {
            // No message takes a controller off a page's list, but for the whole list.
            each(BrowserSession::wholeList);
        }
        if (!update.links().isEmpty() || !update.forgotten().isEmpty()) {
            stats.controllers(
                    fleet.links(now()).stream().map(ControllerLink::controller).toList());
        }
    }

    /** A start, stop or restart is on its way, or has ended. */
    public void acted(ServerMessage.Action action) {
        toAll(action);
    }

    /** A browser has opened a socket. */
    public void enter(ClientSocket socket) {
        BrowserSession session = new BrowserSession(socket, this, context);
        sessions.add(session);
        session.wholeList();
        fleet.enginesAway().forEach(engine -> session.tell(WireJson.write(message(engine))));
    }

    /** Where a browser says which load it wants to see. */
    StatsSubscriptions stats() {
        return stats;
    }

    void leave(BrowserSession session) {
        stats.remove(session);
        sessions.remove(session);
    }

    /** The list as it is now, with the changes that a browser has not been told. */
    byte[] wholeList(List<Change> changes) {
        return list.bytes(now(), revision, changes);
    }

    Instant now() {
        return context.clock().instant();
    }

    void closeStuck() {
        each(session -> session.tick(now()));
    }

    private void sendSoon() {
        if (sending) {
            return;
        }
        Duration wait = pacer.wait(now());
        if (wait.isZero()) {
            send();
            return;
        }
        sending = true;
        vertx.setTimer(Math.max(1, wait.toMillis()), timer -> {
            sending = false;
            send();
        });
    }

    private void send() {
        pacer.went(now());
        revision++;
        List<Change> changes = pending.changes();
        ServerMessage.ContainersDelta delta = pending.take(now(), revision);
        byte[] whole = null;
        byte[] onlyChanged = null;
        for (BrowserSession session : List.copyOf(sessions)) {
            if (session.deltas()) {
                onlyChanged = onlyChanged == null ? WireJson.write(delta) : onlyChanged;
                session.listChanged(onlyChanged, changes);
            } else {
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
        each(session -> session.tell(encoded));
    }

    /** A session may leave while it is told something. */
    private void each(Consumer<BrowserSession> what) {
        List.copyOf(sessions).forEach(what);
    }

    private static ServerMessage.EngineState message(EngineStatus engine) {
        return new ServerMessage.EngineState(engine.available(), engine.since(), engine.message(), engine.controller());
    }
}
