package io.dockrelay.deploy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Replaces a role's verticle; prints its lifecycle to the terminal. */
public class FakeVerticle extends VerticleBase {

    /** Replaces the relay. */
    public static final class Relay extends FakeVerticle {}

    @Override
    public Future<?> start() {
        return say("started " + config().getValue("localController", ""));
    }

    @Override
    public Future<?> stop() {
        return vertx.timer(50).compose(later -> say("stopped"));
    }

    private Future<?> say(String what) {
        System.out.println(getClass().getSimpleName() + " " + what);
        return Future.succeededFuture();
    }
}
