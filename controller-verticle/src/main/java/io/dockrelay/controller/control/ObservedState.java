package io.dockrelay.controller.control;

import java.time.Duration;
import java.util.Map;

import com.github.dockerjava.api.command.InspectContainerResponse;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * A container's state in an inspection, and what it means for an action. Pure.
 *
 * @param status as the engine names it; {@code removed} for {@link #GONE}
 * @param exitCode of the last run; null when it is not known
 * @param grace the time that the container has to stop before the engine kills it; at most a day
 */
record ObservedState(String status, Long exitCode, Duration grace) {

    /** The engine's grace for a container that was created without one. */
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** Also stands for any longer one, and for -1, which means that the engine never kills the container. */
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);

    /** Of a container that the engine no longer has, as after the end of one that was made with {@code --rm}. */
    static final ObservedState GONE = new ObservedState("removed", null, Duration.ZERO);

    static ObservedState of(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        Duration grace = grace(inspected.getRawValues());
        return state == null
                ? new ObservedState("", null, grace)
                : new ObservedState(state.getStatus(), state.getExitCodeLong(), grace);
    }

    /** docker-java's model (3.7.1) has no field for it; the raw values of the response contain it. */
    private static Duration grace(Map<String, Object> raw) {
        Object seconds = raw.get("Config") instanceof Map<?, ?> config ? config.get("StopTimeout") : null;
        if (!(seconds instanceof Number own)) {
            return DEFAULT_GRACE;
        }
        boolean bounded = own.longValue() >= 0 && own.longValue() < LONGEST_GRACE.toSeconds();
        return bounded ? Duration.ofSeconds(own.longValue()) : LONGEST_GRACE;
    }

    /** Whether the grace ends with a kill. */
    boolean isKilledAtLast() {
        return grace.compareTo(LONGEST_GRACE) < 0;
    }

    /** Whether the action has nothing to change. */
    boolean isThere(ContainerAction action) {
        return switch (action) {
            case START -> isRunning();
            case STOP, KILL -> isDown();
            case RESTART -> false;
        };
    }

    /** Whether the engine is certain to refuse the action, so that it changes nothing. */
    boolean refuses(ContainerAction action) {
        return switch (status) {
            case "paused" -> action == ContainerAction.START;
            case "dead", "removing" -> action == ContainerAction.START || action == ContainerAction.RESTART;
            default -> false;
        };
    }

    /**
     * A remark after the engine has reported success; null when there is none.
     *
     * @throws Refusal when the requested state was not reached
     */
    String outcome(ContainerAction action) {
        if (action.ends() ? isDown() : isRunning()) {
            return null;
        }
        if (action == ContainerAction.KILL) {
            return "it was killed, and is " + status + " again"; // As in a restart, whose grace the kill has ended.
        }
        if (action == ContainerAction.STOP) {
            throw new Refusal(RefusalKind.CONFLICT, "it was stopped, but is " + status + " again");
        }
        if (isDown() && exitCode != null && exitCode == 0) {
            return "it ran and ended with exit code 0";
        }
        String code = exitCode == null ? "" : " with exit code " + exitCode;
        throw new Refusal(RefusalKind.CONFLICT, "it started, but ended again" + code + " and is " + status);
    }

    private boolean isRunning() {
        return "running".equals(status);
    }

    private boolean isDown() {
        return switch (status) {
            case "created", "exited", "removing", "removed", "dead", "stopped" -> true;
            default -> false;
        };
    }
}
