package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.Vertx;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.stats.StatsSubscriptions;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.rights.RightsClass;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.fleet.FleetUpdate;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;
import io.dockrelay.relay.view.FleetViews;

/**
 * All browsers of this relay, in one {@link Audience} for each set of equal rights. When a browser's rights change, it moves
 * to another audience and gets the list as it is there; what it follows and may not follow any more ends.
 *
 * <p>Owned by the relay's verticle, from {@link #start} to {@link #close}; everything happens on its context.
 */
public final class Browsers implements BrowserSession.Group {

    /** Between two heartbeats; a page treats the relay as gone when several are missing. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Duration CHECK_FOR_STUCK = Duration.ofSeconds(5);

    /** A container may have another name or other labels now: then its logs end within this time. */
    private static final Duration CHECK_RIGHTS = Duration.ofMillis(500);

    private final Vertx vertx;
    private final BrowserContext context;
    private final FleetViews views;
    private final String build;
    private final StatsSubscriptions stats;
    private final Map<RightsClass, Audience> audiences = new LinkedHashMap<>();
    private final Map<BrowserSession, Audience> sessions = new LinkedHashMap<>();
    private final Periodic heartbeats;
    private final Periodic stuckChecks;
    private final Periodic rightsChecks;

    /** @param build sent with each heartbeat, so that a page sees that it is older than the relay */
    public Browsers(Vertx vertx, Bus bus, BrowserContext context, String build) {
        this.vertx = vertx;
        this.context = context;
        this.views = context.views();
        this.build = build;
        this.stats = new StatsSubscriptions(vertx, bus, views::fullName);
        this.heartbeats = new Periodic(vertx);
        this.stuckChecks = new Periodic(vertx);
        this.rightsChecks = new Periodic(vertx);
        views.onRights(this::rightsChanged);
    }

    public void start() {
        heartbeats.start(HEARTBEAT, this::heartbeat);
        stuckChecks.start(CHECK_FOR_STUCK, this::closeStuck);
        rightsChecks.start(CHECK_RIGHTS, () -> each(BrowserSession::checkRights));
    }

    public void close() {
        heartbeats.cancel();
        stuckChecks.cancel();
        rightsChecks.cancel();
        audiences.values().forEach(Audience::close);
        stats.close();
    }

    @Override
    public int size() {
        return sessions.size();
    }

    /** Logs that they follow together. */
    public int subscriptions() {
        return sessions.keySet().stream()
                .mapToInt(BrowserSession::subscriptions)
                .sum();
    }

    /** The fleet has changed. */
    public void fleetUpdated(FleetUpdate update) {
        List.copyOf(audiences.values()).forEach(audience -> audience.fleetUpdated(update));
        update.moves().forEach(move -> stats.moved(move.controller(), move.successor()));
        if (!update.links().isEmpty() || !update.forgotten().isEmpty()) {
            stats.controllers(views.controllers());
        }
    }

    /** The controllers that are expected have been heard of, or their time is over: logs that wait for that have an answer. */
    public void fleetDecided() {
        each(BrowserSession::fleetChanged);
    }

    /** A start, stop or restart was accepted, or has ended. */
    public void actionProgressed(ServerMessage.Action action) {
        byte[] encoded = WireJson.write(action);
        List.copyOf(audiences.values()).forEach(audience -> audience.actionProgressed(action, encoded));
    }

    /** A browser has opened a socket. */
    public void enter(ClientSocket socket) {
        // Rights may have changed since the handshake began.
        Optional<Caller> present = views.present(views.caller(socket.principal()));
        if (present.isEmpty()) {
            socket.close(CloseCode.SIGNED_OUT);
            return;
        }
        Caller caller = present.get();
        Audience audience = audience(caller.view());
        var session = new BrowserSession(socket, this, context, caller, audience);
        sessions.put(session, audience);
        audience.add(session);
    }

    @Override
    public StatsSubscriptions stats() {
        return stats;
    }

    @Override
    public void left(BrowserSession session) {
        stats.remove(session);
        leave(session, sessions.remove(session));
    }

    void closeStuck() {
        each(session -> session.tick(now()));
    }

    private void rightsChanged() {
        each(this::rightsChanged);
    }

    /** A browser that may do nothing any more is closed; one with the same rights as before is not touched. */
    private void rightsChanged(BrowserSession session) {
        RightsClass before = session.caller().view().rights();
        Optional<Caller> present = views.present(session.caller());
        boolean lost = present.map(now -> now.view().rights())
                .filter(now -> !now.isNothing())
                .isEmpty();
        if (lost && !before.isNothing()) {
            session.close(CloseCode.NOT_ALLOWED);
        } else if (present.isPresent() && !present.get().view().rights().equals(before)) {
            move(session, present.get());
        }
    }

    private void move(BrowserSession session, Caller caller) {
        Audience audience = audience(caller.view());
        Audience before = sessions.put(session, audience);
        session.moved(caller, audience);
        leave(session, before);
        // It may have left when its logs ended, because it reads too slowly.
        if (sessions.containsKey(session)) {
            audience.add(session);
        }
    }

    /** An audience ends with its last browser. */
    private void leave(BrowserSession session, Audience audience) {
        audience.remove(session);
        if (audience.sessions().isEmpty()) {
            audience.close();
            audiences.values().remove(audience);
        }
    }

    private Audience audience(FleetView view) {
        return audiences.computeIfAbsent(view.rights(), first -> new Audience(vertx, view, context.clock()));
    }

    private Instant now() {
        return context.clock().instant();
    }

    private void heartbeat() {
        byte[] beat = WireJson.write(new ServerMessage.Heartbeat(now(), build));
        each(session -> session.heartbeat(beat));
    }

    /** A session may leave while it takes a message. */
    private void each(Consumer<BrowserSession> what) {
        List.copyOf(sessions.keySet()).forEach(what);
    }
}
