package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.regex.Pattern;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;
import io.dockrelay.relay.uplink.RepresentedIds.Claim;
import io.dockrelay.relay.uplink.RepresentedIds.Holder;
import io.dockrelay.settings.UplinkSettings;

/**
 * The connection to one remote controller: connects to it, and answers at the controller's bus addresses for it. Owned by
 * the relay, deployed once per target, on an event loop of its own. While the controller itself is on the bus, this uplink
 * stays connected and is passive.
 */
public final class Uplink extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(Uplink.class);

    /** As the controllers' setting allows it; it is part of bus addresses, and of {@code controller/container}. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final UplinkTarget target;
    private final UplinkLimits limits;
    private final RepresentedIds ids;
    private final UplinkSettings settings;

    /** Null until the start, like the following fields. */
    private UplinkAccess access;

    private ControllerRest rest;
    private Dialer dialer;
    private Representation represented;
    private UplinkLines lines;
    private UplinkMessages messages;

    /** Written on the uplink's context. */
    private volatile UplinkReport report = UplinkReport.STARTING;

    /** Whether the relay no longer has this target: its controller is forgotten when the uplink ends. */
    private volatile boolean removed;

    /** @param ids shared with the relay's other uplinks */
    Uplink(UplinkTarget target, UplinkLimits limits, RepresentedIds ids) {
        this(target, limits, ids, UplinkSettings.NONE);
    }

    /**
     * @param ids shared with the relay's other uplinks
     * @param settings what it presents to the controller
     */
    Uplink(UplinkTarget target, UplinkLimits limits, RepresentedIds ids, UplinkSettings settings) {
        this.target = target;
        this.limits = limits;
        this.ids = ids;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        access = new UplinkAccess(vertx, settings, target.proxy());
        return access.open().onSuccess(opened -> connect());
    }

    /** How it is now. For any thread. */
    UplinkReport report() {
        return report;
    }

    /** The relay no longer has this target; called before the uplink is undeployed. For any thread. */
    void removed() {
        removed = true;
    }

    /** Tries again at once if it waits. For any thread. */
    void retry() {
        context.runOnContext(now -> {
            if (dialer != null) {
                dialer.retryNow();
            }
        });
    }

    private void connect() {
        rest = new ControllerRest(vertx, target.api(), limits, access);
        represented = new Representation(vertx, target, ids, this::remote);
        dialer = new Dialer(vertx, target.ws(), limits, access, new ConnectionEvents());
        lines = new UplinkLines(new RequestedLines(settings.compression(), target), dialer::send);
        messages = new UplinkMessages(target.ws(), dialer, lines, represented::controller, this::greeted);
        dialer.dial();
    }

    @Override
    public Future<?> stop() {
        access.close();
        return Future.join(represented.close(removed), dialer.close(), rest.close())
                .onComplete(closed -> lines.close());
    }

    private RemoteController remote(String id) {
        return new RemoteController(vertx, Bus.of(vertx), id, target.kind(), rest, limits, dialer);
    }

    /** Handles the events of the connection. */
    private final class ConnectionEvents implements Dialer.Events {

        @Override
        public void dialling(int attempt) {
            report = report.dialling();
            represented.dialling(attempt);
        }

        @Override
        public void message(byte[] text) {
            messages.text(text);
        }

        @Override
        public void binary(byte[] message) {
            messages.binary(message);
        }

        @Override
        public void alive() {
            report = report.heard(Instant.now());
        }

        @Override
        public void waiting(int attempt, long retryInMs, String why, boolean answered) {
            messages.disconnected();
            report = report.waiting(why);
            represented.waiting(attempt, retryInMs, why, answered);
        }
    }

    private void greeted(InitialState state) {
        if (state.containers() == null) {
            throw new IllegalArgumentException("an initial_state without containers");
        }
        if (state.controller() != null && !ID.matcher(state.controller()).matches()) {
            dialer.drop(
                    "its id must be a name of at most 128 letters, digits, dots, - and _: set its id (CONTROLLER_ID)");
            return;
        }
        String id = state.controller() == null ? target.placeholder() : state.controller();
        report = report.found(id, GivenLabels.of(state.labels()), Instant.now());
        switch (ids.take(id, represented)) {
            case Claim.Granted granted -> connected(id, state);
            case Claim.TakenOver(Holder from) -> takeOver(from, id, state);
            case Claim.Denied(Holder holder) -> denied(holder, id);
        }
    }

    private void connected(String id, InitialState state) {
        dialer.greeted();
        messages.connected();
        report = report.connected();
        log.info(
                "[controller-ws] connected to {}: controller {}, {} containers",
                target.ws(),
                id,
                state.containers().size());
        lines.greeted(state);
        represented.connected(id, state);
    }

    /** The other uplink is on another event loop; until it has released the id, both would answer for it. */
    private void takeOver(Holder from, String id, InitialState state) {
        log.warn(
                "[controller-ws] {} is used for controller {} from now on: {} is not connected",
                target.ws(),
                id,
                from.ws());
        dialer.hold(from.release(id), () -> messages.guarded(() -> connected(id, state)));
    }

    /** The attempts go on: the other connection may be lost, or another controller may answer at this URL. */
    private void denied(Holder holder, String id) {
        represented.denied();
        dialer.drop(
                holder.ws() + " and " + target.ws() + " reach the same controller \"" + id + "\": the second is used"
                        + " when the first is away. If you do not want that, remove one of them from controllerWs (CONTROLLER_WS);"
                        + " if they are two hosts, give each an id (CONTROLLER_ID) of its own");
    }
}
