package io.dockrelay.controller.control;

import java.time.Duration;
import java.util.Optional;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.vertx.core.Future;

import io.dockrelay.controller.inventory.ActionPermissions;
import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * Has the engine start, stop or restart a container, and looks whether it did. The engine's stop and restart block
 * until they are done, for as long as the grace of the container. Used by one verticle, on its context.
 */
final class EngineActions {

    private static final Duration INSPECTS_WITHIN = Duration.ofSeconds(10);

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    /** Beside the grace: for killing, unmounting and starting on a slow machine. */
    private static final Duration BESIDE_GRACE = Duration.ofSeconds(30);

    private final DockerEngine engine;
    private final OwnContainers own;
    private final Optional<Duration> grace;

    /** @param grace before a stopping container is killed; empty: each container's own */
    EngineActions(DockerEngine engine, OwnContainers own, Optional<Duration> grace) {
        this.engine = engine;
        this.own = own;
        this.grace = grace;
    }

    /** Completes when the state asked for is reached, with what to tell about it, or null; fails with a Refusal. */
    Future<String> run(String id, ContainerAction action) {
        return observe(id)
                .compose(before -> before.isThere(action)
                        ? Future.succeededFuture("it was so already")
                        : perform(id, action, before)
                                .compose(done -> observe(id))
                                .map(after -> after.outcome(action)))
                .recover(failure -> Future.failedFuture(EngineRefusals.of(failure)));
    }

    /**
     * The state as it is now. Fails with a Refusal where there is none, and where one of our own containers is meant
     * without force: by its labels as they are now.
     */
    Future<ObservedState> judge(String id, ContainerAction action, boolean force) {
        return inspect(id)
                .recover(failure -> Future.failedFuture(EngineRefusals.of(failure)))
                .compose(inspected -> !force && action != ContainerAction.START && isOurs(inspected)
                        ? Future.failedFuture(new Refusal(RefusalKind.CONFLICT, ActionPermissions.OWN))
                        : Future.succeededFuture(ObservedState.of(inspected)));
    }

    private boolean isOurs(InspectContainerResponse inspected) {
        ContainerConfig config = inspected.getConfig();
        return own.include(inspected.getId(), config == null ? null : config.getLabels());
    }

    private Future<ObservedState> observe(String id) {
        return inspect(id).map(ObservedState::of);
    }

    /** Uses docker-java's command: only its model keeps the raw values, which contain the container's grace. */
    private Future<InspectContainerResponse> inspect(String id) {
        return engine.call(
                INSPECTS_WITHIN, client -> client.inspectContainerCmd(id).exec());
    }

    private Future<Void> perform(String id, ContainerAction action, ObservedState before) {
        return switch (action) {
            case START ->
                engine.call(
                        STARTS_WITHIN, client -> client.startContainerCmd(id).exec());
            case STOP -> engine.stop(id, grace, deadline(before));
            case RESTART -> engine.restart(id, grace, deadline(before));
        };
    }

    private Duration deadline(ObservedState before) {
        return grace.orElse(before.grace()).plus(BESIDE_GRACE);
    }
}
