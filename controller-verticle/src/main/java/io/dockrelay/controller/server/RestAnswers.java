package io.dockrelay.controller.server;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;

/** The answers of the REST interface. */
final class RestAnswers {

    private RestAnswers() {}

    /** {@code GET /containers}. */
    record Containers(List<Container> containers) {}

    /** The same while the engine is away: what was last known. */
    record LastKnownContainers(String error, List<Container> containers) {}

    /** {@code GET /container/NAME/status}: the element, named as v1 names it here. */
    record Status(String container, @JsonUnwrapped Container element) {}

    /** The same while the engine is away. */
    record LastKnownStatus(
            String error, String container, @JsonUnwrapped Container element) {}

    /**
     * A start, stop or restart.
     *
     * @param status what is under way, or with {@code wait} the state that it reached
     * @param id that of the {@code action} messages
     * @param waitsFor the action in progress that has to end first; null for none
     */
    record Control(
            String status,
            String container,
            String message,
            String id,

            @JsonProperty("waits_for") @JsonInclude(JsonInclude.Include.NON_NULL)
            ContainerAction waitsFor) {

        static Control underWay(ControlOutcome outcome) {
            String name = outcome.container().name();
            String doing = outcome.action().underWay();
            return new Control(doing, name, outcome.sentence(), outcome.id(), outcome.waitsFor());
        }

        static Control reached(ControlOutcome outcome) {
            String name = outcome.container().name();
            String status = outcome.container().status().wireName();
            return new Control(status, name, name + " is " + status, outcome.id(), null);
        }
    }
}
