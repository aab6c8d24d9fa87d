package io.dockrelay.example;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.client.ContainerEvent;
import io.dockrelay.client.ContainerFeed;
import io.dockrelay.client.Dockrelay;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.Health;

/** Restarts each container that becomes unhealthy, and says what came of it. */
public final class RestartUnhealthy extends VerticleBase {

    private Dockrelay dockrelay;
    private ContainerFeed containers;

    @Override
    public Future<?> start() {
        dockrelay = Dockrelay.of(vertx);
        containers = dockrelay.containers();
        containers.handler(event -> {
            if (event instanceof ContainerEvent.Changed(var host, var change) && becameUnhealthy(change)) {
                dockrelay
                        .control(host, change.name(), ContainerAction.RESTART, "restart-unhealthy")
                        .ended()
                        .onSuccess(done -> System.out.println(change.name() + " was restarted"))
                        .onFailure(refused -> System.out.println(change.name() + ": " + refused.getMessage()));
            }
        });
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return containers.close();
    }

    private static boolean becameUnhealthy(Change change) {
        return change.currentHealth() == Health.UNHEALTHY && change.previousHealth() != Health.UNHEALTHY;
    }
}
