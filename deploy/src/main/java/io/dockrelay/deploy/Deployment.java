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
 * The verticles of one process: deployed in order and undeployed in reverse, so that browsers are disconnected before
 * their sources end. Owned by {@link Main}; any thread.
 */
public final class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private final Vertx vertx;

    /** Deployment ids, the newest first. */
    private final Deque<String> deployed = new ArrayDeque<>();

    /** A verticle to deploy and its config. */
    record Part(String verticle, JsonObject config) {}

    Deployment(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Deploys one after the other; the first failure fails the start and skips the rest. */
    Future<Void> open(List<Part> parts) {
        Future<Void> opened = Future.succeededFuture();
        for (Part part : parts) {
            opened = opened.compose(before -> open(part));
        }
        return opened;
    }

    /** Undeploys everything, even if some of it fails, and closes Vert.x. */
    public Future<Void> close() {
        Future<Void> closed = Future.succeededFuture();
        for (String deployment : List.copyOf(deployed)) {
            closed = closed.compose(before -> vertx.undeploy(deployment)).otherwise(Deployment::failedToStop);
        }
        return closed.eventually(vertx::close);
    }

    private Future<Void> open(Part part) {
        return vertx.deployVerticle(part.verticle(), new DeploymentOptions().setConfig(part.config()))
                .map(deployment -> {
                    deployed.push(deployment);
                    return null;
                });
    }

    private static Void failedToStop(Throwable cause) {
        LOG.warn("A verticle did not stop properly", cause);
        return null;
    }
}
