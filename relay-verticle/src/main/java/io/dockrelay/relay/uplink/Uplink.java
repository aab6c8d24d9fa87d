package io.dockrelay.relay.uplink;

import java.util.concurrent.ThreadLocalRandom;

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
 * One remote controller: dials it, backs off, and answers that controller's bus addresses in its stead. Owned by the
 * relay, deployed once for each target, on an event loop of its own. Where the controller itself is on the bus, this
 * uplink stays connected and keeps quiet.
 */
public final class Uplink extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(Uplink.class);

    private final UplinkTarget target;
    private final UplinkLimits limits;

    private Bus bus;
    private ControllerRest rest;
    private Dialer dialer;
    private PresenceProxy announcer;

    /** Null until the first connection has told who is there. */
    private RemoteController controller;

    /** True from the first message of a connection to its end. */
    private boolean connected;

    /** True once a frame that could not be read was logged on this connection. */
    private boolean badFrameSeen;

    public Uplink(UplinkTarget target) {
        this(target, UplinkLimits.standard());
    }

    public Uplink(UplinkTarget target, UplinkLimits limits) {
        this.target = target;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        rest = new ControllerRest(vertx, target.api(), limits);
        announcer = new PresenceProxy(vertx, bus, target.placeholder(), this::speakOrNot);
        dialer = new Dialer(
                vertx, target.ws(), limits, () -> ThreadLocalRandom.current().nextDouble(), new Line());
        dialer.dial();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        Future<Void> quiet = controller == null ? Future.succeededFuture() : controller.keepQuiet();
        return Future.join(quiet, dialer.close(), announcer.close(), rest.close());
    }

    /** What the dialler tells. */
    private final class Line implements Dialer.Events {

        @Override
        public void dialling(int attempt) {
            announcer.dialling(attempt);
        }

        @Override
        public void message(byte[] text) {
            try {
                received(text);
            } catch (RuntimeException e) {
                bad(e);
            }
        }

        @Override
        public void waiting(int attempt, long retryInMs) {
            connected = false;
            badFrameSeen = false;
            if (controller != null) {
                controller.disconnected();
            }
            announcer.waiting(attempt, retryInMs);
        }
    }

    private void received(byte[] text) {
        LogFrame lines = connected ? LogFrames.read(text) : null;
        if (lines != null) {
            controller.tails().frame(lines, text.length);
            return;
        }
        ServerMessage message = WireJson.read(text, ServerMessage.class);
        if (message instanceof InitialState state) {
            connected(state);
        } else if (connected) {
            told(message, text.length);
        } else {
            dialer.drop("its first message is not initial_state");
        }
    }

    private void told(ServerMessage message, int wire) {
        switch (message) {
            case ServerMessage.StatusChange change -> controller.inventory().changed(change.changes());
            case ServerMessage.LogState state -> controller.tails().state(state, wire);
            case ServerMessage.LogGap gap -> controller.tails().gap(gap, wire);
            case ServerMessage.Action action -> controller.action(action);
            case ServerMessage.EngineState engine ->
                controller.inventory().engine(engine.available(), engine.since(), engine.message());
            case ServerMessage.Stats stats -> controller.stats().told(stats);
            case ServerMessage.Failure failure -> failed(failure);
            default -> log.trace("a {} is not for an uplink", message.getClass().getSimpleName());
        }
    }

    private void connected(InitialState state) {
        if (state.containers() == null) {
            throw new IllegalArgumentException("an initial_state without containers");
        }
        String id = state.controller() == null ? target.placeholder() : state.controller();
        meet(id);
        dialer.understood();
        connected = true;
        log.info(
                "[controller-ws] connected to {}: controller {}, {} containers",
                target.ws(),
                id,
                state.containers().size());
        speakOrNot();
        controller.connected(state);
        announcer.connected(WireVersion.features(state.features()));
    }

    /** Another controller than before may answer at the same address. */
    private void meet(String id) {
        announcer.rename(id);
        if (controller != null && controller.id().equals(id)) {
            return;
        }
        if (controller != null) {
            controller.keepQuiet().onFailure(failure -> log.warn("addresses were not given back", failure));
        }
        controller = new RemoteController(vertx, bus, id, rest, limits, dialer::send);
    }

    private void speakOrNot() {
        if (controller == null || controller.speaks() == announcer.speaks()) {
            return;
        }
        if (announcer.speaks()) {
            controller.speak();
        } else {
            controller.keepQuiet().onFailure(failure -> log.warn("addresses were not given back", failure));
        }
    }

    private void failed(ServerMessage.Failure failure) {
        if (!controller.tails().failed(failure)) {
            log.warn("[controller-ws] controller {} answered: {}", controller.id(), failure.message());
        }
    }

    private void bad(RuntimeException failure) {
        if (!badFrameSeen) {
            badFrameSeen = true;
            log.warn(
                    "[controller-ws] a message from {} is not understood and passed over: {}",
                    target.ws(),
                    failure.getMessage());
        }
    }
}
