package io.dockrelay.relay.fleet;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;

/** A fleet for tests that need only its events about controllers. */
public final class TestFleet {

    private TestFleet() {}

    /** Starts a watch that informs the listener, on a context of its own until it is closed with its Vert.x. */
    public static void inform(Vertx vertx, Consumer<ControllerEvent> listener) throws Exception {
        var started = io.vertx.core.Promise.<Void>promise();
        vertx.getOrCreateContext().runOnContext(now -> {
            var watch = new FleetWatch(vertx, Bus.of(vertx), Clock.systemUTC());
            watch.onController(listener);
            watch.start().onComplete(started);
        });
        started.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
