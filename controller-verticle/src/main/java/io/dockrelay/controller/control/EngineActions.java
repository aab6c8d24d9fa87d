package io.dockrelay.controller.control;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.vertx.core.Future;

import io.dockrelay.controller.inventory.ActionPermissions;
import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * Starts, stops, restarts or kills a container by a request to the engine, and checks the result. The engine answers a stop or a
 * restart only when it is complete, which takes up to the container's stop grace. Used by one verticle, on its context.
 */
final class EngineActions {

    private static final Duration INSPECTS_WITHIN = Duration.ofSeconds(10);

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    /** The engine waits until the container has ended, for ten seconds. */
    private static final Duration KILLS_WITHIN = Duration.ofSeconds(30);

    /** Added to the grace: time to kill, unmount and start on a slow machine. */
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(30);

    private final DockerEngine engine;
    private final OwnContainers own;
    private final Optional<Duration> grace;

    /** @param grace until a stopping container is killed; empty for the one of each container */
    EngineActions(DockerEngine engine, OwnContainers own, Optional<Duration> grace) {
        this.engine = engine;
        this.own = own;
        this.grace = grace;
    }

    /** Completes with a remark, or null, when the requested state is reached; fails with a Refusal. */
    Future<String> run(String id, ContainerAction action) {
        return observe(id)
                .compose(before -> before.isThere(action)
                        ? Future.succeededFuture("there was nothing to do")
                        : perform(id, action, before)
                                .compose(done -> observe(id).recover(EngineActions::ifGone))
                                .recover(failure -> action.ends() ? ifGone(failure) : Future.failedFuture(failure))
                                .map(after -> after.outcome(action)))
                .recover(failure -> Future.failedFuture(EngineRefusals.of(failure)));
    }

    /**
     * The current state. Fails with a Refusal when the container does not exist, when its current labels forbid control, or
     * when they mark it as one of Dockrelay's own and the action is not forced.
     */
    Future<ObservedState> check(String id, ContainerAction action, boolean force) {
        return inspect(id)
                .recover(failure -> Future.failedFuture(EngineRefusals.of(failure)))
                .compose(inspected -> check(inspected, action, force));
    }

    private Future<ObservedState> check(InspectContainerResponse inspected, ContainerAction action, boolean force) {
        if (LabelRules.forbidControl(labelsOf(inspected))) {
            return Future.failedFuture(new Refusal(RefusalKind.NOT_ALLOWED, LabelRules.NO_CONTROL));
        }
        return !force && action != ContainerAction.START && isOwn(inspected)
                ? Future.failedFuture(new Refusal(RefusalKind.CONFLICT, ActionPermissions.OWN))
                : Future.succeededFuture(ObservedState.of(inspected));
    }

    /**
     * The time, in seconds, from the beginning of a stop or a restart until the engine kills the container; null for other
     * actions, and when the engine never does.
     */
    Long graceSeconds(ContainerAction action, ObservedState before) {
        boolean waits = action == ContainerAction.STOP || action == ContainerAction.RESTART;
        return waits && (grace.isPresent() || before.isKilledAtLast())
                ? effectiveGrace(before).toSeconds()
                : null;
    }

    private boolean isOwn(InspectContainerResponse inspected) {
        return own.include(inspected.getId(), labelsOf(inspected));
    }

    /** Null for none. */
    private static Map<String, String> labelsOf(InspectContainerResponse inspected) {
        ContainerConfig config = inspected.getConfig();
        return config == null ? null : config.getLabels();
    }

    private Future<ObservedState> observe(String id) {
        return inspect(id).map(ObservedState::of);
    }

    /** A container that is removed when it ends may be gone before the engine is asked about it again. */
    private static Future<ObservedState> ifGone(Throwable failure) {
        return DockerEngineException.is(Kind.NOT_FOUND, failure)
                ? Future.succeededFuture(ObservedState.GONE)
                : Future.failedFuture(failure);
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
            case KILL ->
                engine.call(KILLS_WITHIN, client -> client.killContainerCmd(id).exec());
        };
    }

    private Duration deadline(ObservedState before) {
        return effectiveGrace(before).plus(BEYOND_GRACE);
    }

    private Duration effectiveGrace(ObservedState before) {
        return grace.orElse(before.grace());
    }
}
