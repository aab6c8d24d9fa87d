package io.dockrelay.controller.control;

import com.github.dockerjava.api.command.InspectContainerResponse;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * A container's state as an inspection found it, and what it means for an action. Pure.
 *
 * @param status the engine's own word
 * @param exitCode of the last run; null when not known
 */
record ObservedState(String status, Long exitCode) {

    static ObservedState of(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        return state == null
                ? new ObservedState("", null)
                : new ObservedState(state.getStatus(), state.getExitCodeLong());
    }

    /** Whether there is nothing to do. */
    boolean isThere(ContainerAction action) {
        return switch (action) {
            case START -> isRunning();
            case STOP -> isDown();
            case RESTART -> false;
        };
    }

    /**
     * What to tell when the engine says that it has done it; null when there is nothing to add.
     *
     * @throws Refusal when the state that was asked for was not reached
     */
    String outcome(ContainerAction action) {
        if (action == ContainerAction.STOP ? isDown() : isRunning()) {
            return null;
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
            case "created", "exited", "dead", "stopped" -> true;
            default -> false;
        };
    }
}
