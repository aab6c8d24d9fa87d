package io.dockrelay.relay.uplink;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The connection to one remote controller: connects to it, and answers at the controller's bus addresses for it. Owned by
 * the relay, deployed once per target, on an event loop of its own. While the controller itself is on the bus, this uplink
 * stays connected and is passive.
 */
public final class Uplink extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(Uplink.class);

    private final UplinkTarget target;
    private final UplinkLimits limits;
    private final RepresentedIds ids;

    private Bus bus;
    private ControllerRest rest;
    private Dialer dialer;
    private PresenceProxy presence;

    /** Null until the first connection has shown which controller this is. */
    private RemoteController controller;

    /** True from the first message of a connection to its end. */
    private boolean connected;

    /** Whether this connection has logged a frame that cannot be read. */
    private boolean badFrameSeen;

    /** @param ids shared with the relay's other uplinks */
    Uplink(UplinkTarget target, UplinkLimits limits, RepresentedIds ids) {
        this.target = target;
        this.limits = limits;
        this.ids = ids;
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        rest = new ControllerRest(vertx, target.api(), limits);
        presence = new PresenceProxy(vertx, bus, target.placeholder(), this::updateRole);
        dialer = new Dialer(vertx, target.ws(), limits, new ConnectionEvents());
        dialer.dial();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ids.keepOnly(null, target);
        Future<Void> passive = controller == null ? Future.succeededFuture() : controller.deactivate();
        return Future.join(passive, dialer.close(), presence.close(), rest.close());
    }

    /** Handles the events of the connection. */
    private final class ConnectionEvents implements Dialer.Events {

        @Override
        public void dialling(int attempt) {
            presence.dialling(attempt);
        }

        @Override
        public void message(byte[] text) {
            try {
                received(text);
            } catch (RuntimeException e) {
                unreadable(e);
            }
        }

        @Override
        public void waiting(int attempt, long retryInMs, String why) {
            connected = false;
            badFrameSeen = false;
            if (controller != null) {
                controller.disconnected();
            }
            presence.waiting(attempt, retryInMs, why);
        }
    }

    private void received(byte[] text) {
        LogFrame frame = connected ? LogFrames.read(text) : null;
        if (frame != null) {
            controller.tails().messages().frame(frame, text.length);
            return;
        }
        ServerMessage message = WireJson.read(text, ServerMessage.class);
        if (message instanceof InitialState state) {
            connected(state);
        } else if (connected) {
            received(message, text.length);
        } else {
            dialer.drop(unexpected(message));
        }
    }

    private static String unexpected(ServerMessage first) {
        String peer = first instanceof ServerMessage.ContainerUpdate
                ? "a relay answers there, and no controller"
                : "its first message is not initial_state";
        return peer + "; " + ConnectionFailures.SET_WEB_SOCKET_PORT;
    }

    /** @param size of the message's text, in bytes */
    private void received(ServerMessage message, int size) {
        switch (message) {
            case ServerMessage.StatusChange change -> controller.inventory().changed(change.changes());
            case ServerMessage.ActionChange change -> controller.inventory().changed(change.changes());
            case ServerMessage.LogState state -> controller.tails().messages().state(state, size);
            case ServerMessage.LogGap gap -> controller.tails().messages().gap(gap, size);
            case ServerMessage.Action action -> controller.action(action);
            case ServerMessage.EngineState engine ->
                controller.inventory().engine(engine.available(), engine.since(), engine.message());
            case ServerMessage.Stats stats -> controller.stats().received(stats);
            case ServerMessage.Failure failure -> failed(failure);
            default -> log.trace("a {} is not for an uplink", message.getClass().getSimpleName());
        }
    }

    private void connected(InitialState state) {
        if (state.containers() == null) {
            throw new IllegalArgumentException("an initial_state without containers");
        }
        String id = state.controller() == null ? target.placeholder() : state.controller();
        UplinkTarget owner = ids.take(id, target);
        if (!owner.equals(target)) {
            isTaken(id, owner);
            return;
        }
        controllerIs(id);
        dialer.greeted();
        connected = true;
        log.info(
                "[controller-ws] connected to {}: controller {}, {} containers",
                target.ws(),
                id,
                state.containers().size());
        updateRole();
        controller.connected(state);
        presence.connected(WireVersion.features(state.features()));
    }

    /** The attempts go on: the other uplink may find another controller at its URL. */
    private void isTaken(String id, UplinkTarget owner) {
        ids.keepOnly(null, target);
        presence.forgetController();
        if (controller != null) {
            deactivate();
            controller = null;
        }
        dialer.drop(owner.ws() + " and " + target.ws() + " reach the same controller \"" + id + "\": remove one of them"
                + " from controllerWs (CONTROLLER_WS), or, if they are two hosts, give each an id (CONTROLLER_ID) of its"
                + " own");
    }

    /** A different controller than before may answer at the same address. */
    private void controllerIs(String id) {
        ids.keepOnly(id, target);
        presence.rename(id);
        if (controller != null && controller.id().equals(id)) {
            return;
        }
        if (controller != null) {
            deactivate();
        }
        controller = new RemoteController(vertx, bus, id, rest, limits, dialer::send);
    }

    private void updateRole() {
        if (controller == null || controller.isActive() == presence.isActive()) {
            return;
        }
        if (presence.isActive()) {
            controller.activate();
        } else {
            deactivate();
        }
    }

    private void deactivate() {
        controller.deactivate().onFailure(failure -> log.warn("bus addresses were not released", failure));
    }

    private void failed(ServerMessage.Failure failure) {
        if (!controller.tails().failed(failure)) {
            log.warn("[controller-ws] controller {} answered: {}", controller.id(), failure.message());
        }
    }

    private void unreadable(RuntimeException failure) {
        if (!badFrameSeen) {
            badFrameSeen = true;
            log.warn(
                    "[controller-ws] a message from {} cannot be read and is ignored: {}",
                    target.ws(),
                    failure.getMessage());
        }
    }
}
