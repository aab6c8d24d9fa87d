package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.function.Function;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;

/**
 * What an uplink is on the bus: its announcements, and the controller that it represents. Passive while the controller
 * itself is on the bus. Owned by its {@link Uplink}, on its context.
 */
final class Representation implements RepresentedIds.Holder {

    private static final Logger log = LoggerFactory.getLogger(Representation.class);

    private final UplinkTarget target;
    private final RepresentedIds ids;
    private final Function<String, RemoteController> controllers;
    private final Context context;
    private final PresenceProxy presence;

    /** Null until a connection has shown which controller this is, and while another uplink represents it. */
    private RemoteController controller;

    /** @param controllers makes the controller with an id */
    Representation(
            Vertx vertx, UplinkTarget target, RepresentedIds ids, Function<String, RemoteController> controllers) {
        this.target = target;
        this.ids = ids;
        this.controllers = controllers;
        context = vertx.getOrCreateContext();
        presence = new PresenceProxy(vertx, Bus.of(vertx), target.placeholder(), this::updateRole);
    }

    /** Null while none is represented. */
    RemoteController controller() {
        return controller;
    }

    void dialling(int attempt) {
        presence.dialling(attempt);
    }

    /** There is no connection: the controller stays represented, until it is known that another uplink reaches it. */
    void waiting(int attempt, long retryInMs, String why, boolean answered) {
        ids.disconnected(this);
        if (controller != null) {
            controller.disconnected();
        }
        presence.waiting(attempt, retryInMs, why, answered);
    }

    /** The controller with this id, which is this uplink's, answers. It may be another one than before. */
    void connected(String id, InitialState state) {
        ids.keepOnly(id, this);
        presence.rename(id);
        if (controller == null || !controller.id().equals(id)) {
            var unused = deactivate();
            controller = controllers.apply(id);
        }
        updateRole();
        controller.connected(state);
        presence.connected(WireVersion.features(state.features()), state.allow(), GivenLabels.of(state.labels()));
    }

    /** A connected uplink represents the controller that answers. */
    void denied() {
        ids.keepOnly(null, this);
        var unused = forget();
    }

    /** @param removed whether the relay no longer has this target */
    Future<?> close(boolean removed) {
        ids.keepOnly(null, this);
        return Future.join(deactivate(), presence.close(removed));
    }

    @Override
    public URI ws() {
        return target.ws();
    }

    @Override
    public Future<Void> release(String id) {
        Promise<Void> released = Promise.promise();
        context.runOnContext(now -> {
            boolean represents = controller != null && controller.id().equals(id);
            Future<Void> forgotten = represents ? forget() : Future.succeededFuture();
            forgotten.onComplete(released);
        });
        return released.future();
    }

    /** The controller leaves before the other uplink announces it, so that what is open there is opened again. */
    private Future<Void> forget() {
        presence.forgetController();
        Future<Void> passive = deactivate();
        controller = null;
        return passive;
    }

    private void updateRole() {
        if (controller == null || controller.isActive() == presence.isActive()) {
            return;
        }
        if (presence.isActive()) {
            controller.activate();
        } else {
            var unused = deactivate();
        }
    }

    private Future<Void> deactivate() {
        Future<Void> passive = controller == null ? Future.succeededFuture() : controller.deactivate();
        return passive.onFailure(failure -> log.warn("bus addresses were not released", failure));
    }
}
