package io.dockrelay.relay.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.fleet.FleetUpdate;
import io.dockrelay.relay.view.FleetView;
import io.dockrelay.relay.view.VisibleUpdates;

/**
 * The browsers with equal rights, and the messages that each of them gets: encoded once for all. A change of the list is sent
 * at once; the changes that follow closely are gathered into one message per {@link #INTERVAL}. What the browsers may not see
 * causes no message, and does not count in the revision.
 *
 * <p>Owned by {@link Browsers}, from its first browser to its last; on the relay's context.
 */
final class Audience implements BrowserSession.Source {

    /** The shortest time between two messages about the list. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final FleetView view;
    private final Clock clock;
    private final EncodedList list;
    private final VisibleUpdates updates;
    private final SampleParts samples;
    private final Set<BrowserSession> sessions = new LinkedHashSet<>();
    private final UpdatePacer pacer = new UpdatePacer(INTERVAL);
    private final PendingDelta pending = new PendingDelta();
    /** The controllers that its browsers know. */
    private Set<String> hosts;
    /** Counts the messages about the list. */
    private long revision;
    /** Runs while a message about the list waits for its time. */
    private final Timeout sending;

    Audience(Vertx vertx, FleetView view, Clock clock) {
        this.view = view;
        this.clock = clock;
        this.list = new EncodedList(view);
        this.updates = new VisibleUpdates(view);
        this.samples = new SampleParts(view);
        this.hosts = view.hosts();
        this.sending = new Timeout(vertx);
    }

    Set<BrowserSession> sessions() {
        return sessions;
    }

    /** Sends the state as it is now. */
    void add(BrowserSession session) {
        sessions.add(session);
        session.wholeList();
        view.engineReports().forEach(engine -> session.send(WireJson.write(message(engine))));
    }

    void remove(BrowserSession session) {
        sessions.remove(session);
    }

    void close() {
        sending.cancel();
    }

    /** The fleet has changed. */
    void fleetUpdated(FleetUpdate update) {
        boolean gone = hostsUpdated(update);
        FleetUpdate visible = updates.of(update);
        if (visible.ofList()) {
            pending.add(visible);
            sendSoon();
            if (!visible.removed().isEmpty()) {
                // It may be hidden now.
                each(BrowserSession::checkRights);
            }
            each(BrowserSession::fleetChanged);
        }
        if (gone) {
            // Only the whole list removes a controller from a page.
            each(BrowserSession::wholeList);
        }
    }

    /** An action was accepted, or has ended. */
    void actionProgressed(ServerMessage.Action action, byte[] encoded) {
        if (view.mayNamed(Permission.VIEW, action.controller(), action.container())) {
            each(session -> session.send(encoded));
        }
    }

    @Override
    public byte[] wholeList(List<Change> changes) {
        return list.bytes(now(), revision, changes);
    }

    @Override
    public StatsSample part(StatsSample sample) {
        return samples.of(sample);
    }

    /**
     * Sends what is new of controllers and engines. A controller is new to browsers when its first container becomes visible.
     *
     * @return whether a controller is no longer visible
     */
    private boolean hostsUpdated(FleetUpdate update) {
        Set<String> before = hosts;
        hosts = view.hosts();
        Set<String> met = new HashSet<>(hosts);
        met.removeAll(before);
        Set<String> reported = new HashSet<>();
        for (ControllerLink link : update.links()) {
            if (hosts.contains(link.controller())) {
                reported.add(link.controller());
                toAll(ServerMessage.ControllerState.of(link));
            }
        }
        met.removeAll(reported);
        view.links(now()).stream()
                .filter(link -> met.contains(link.controller()))
                .forEach(link -> toAll(ServerMessage.ControllerState.of(link)));
        update.engines().stream()
                .filter(engine -> hosts.contains(engine.controller()) && !met.contains(engine.controller()))
                .forEach(engine -> toAll(message(engine)));
        view.engineReports().stream()
                .filter(engine -> met.contains(engine.controller()))
                .forEach(engine -> toAll(message(engine)));
        return !hosts.containsAll(before);
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

    private void toAll(ServerMessage message) {
        byte[] encoded = WireJson.write(message);
        each(session -> session.send(encoded));
    }

    /** A session may leave while it takes a message. */
    private void each(Consumer<BrowserSession> what) {
        List.copyOf(sessions).forEach(what);
    }

    private Instant now() {
        return clock.instant();
    }

    private static ServerMessage.EngineState message(EngineStatus engine) {
        return new ServerMessage.EngineState(engine.available(), engine.since(), engine.message(), engine.controller());
    }
}
