package io.dockrelay.controller.control;

import com.github.dockerjava.api.command.InspectContainerResponse;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * A container's state in an inspection, and what it means for an action. Pure.
 *
 * @param status the engine's word
 * @param exitCode of the last run; null when it is not known
 */
record ObservedState(String status, Long exitCode) {

    static ObservedState of(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        return state == null
                ? new ObservedState("", null)
                : new ObservedState(state.getStatus(), state.getExitCodeLong());
    }

    /** Whether the state is reached already. */
    boolean isThere(ContainerAction action) {
        return switch (action) {
            case START -> isRunning();
            case STOP -> isDown();
            case RESTART -> false;
        };
    }

    /**
     * A remark after the engine has reported success; null when there is none.
     *
     * @throws Refusal when the requested state was not reached
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
