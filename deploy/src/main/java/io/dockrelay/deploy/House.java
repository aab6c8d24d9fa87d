package io.dockrelay.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verticles of one process: deployed in order, undeployed in the other order, so that browsers are sent away before
 * what they look at ends. Owned by {@link Main}; any thread.
 */
final class House {

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final Vertx vertx;

    /** Deployment ids, the newest first. */
    private final Deque<String> deployed = new ArrayDeque<>();

    /** A verticle to deploy and its config. */
    record Room(String verticle, JsonObject config) {}

    House(Vertx vertx) {
        this.vertx = vertx;
    }

    /** One after the other; the first that fails fails the start, and the rest is not tried. */
    Future<Void> open(List<Room> rooms) {
        Future<Void> opened = Future.succeededFuture();
        for (Room room : rooms) {
            opened = opened.compose(before -> open(room));
        }
        return opened;
    }

    /** Ends all of it, whatever fails on the way, and Vert.x with it. */
    Future<Void> close() {
        Future<Void> closed = Future.succeededFuture();
        for (String deployment : List.copyOf(deployed)) {
            closed = closed.compose(before -> vertx.undeploy(deployment)).otherwise(House::failedToStop);
        }
        return closed.eventually(vertx::close);
    }

    private Future<Void> open(Room room) {
        return vertx.deployVerticle(room.verticle(), new DeploymentOptions().setConfig(room.config()))
                .map(deployment -> {
                    deployed.push(deployment);
                    return null;
                });
    }

    private static Void failedToStop(Throwable cause) {
        LOG.warn("A part did not stop as it should", cause);
        return null;
    }
}
