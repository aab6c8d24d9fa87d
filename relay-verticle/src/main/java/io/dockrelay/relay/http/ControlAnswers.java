package io.dockrelay.relay.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.Health;

/** The answers to {@code POST /api/container/NAME/start}, {@code stop} and {@code restart}. */
sealed interface ControlAnswers {

    /**
     * 202: the action has begun.
     *
     * @param status {@code starting}, {@code stopping} or {@code restarting}
     * @param id the same as in the {@code action} messages
     * @param waitsFor the action in progress that has to end first; null for none
     */
    record Accepted(
            String status,
            String container,
            String message,
            String controller,
            String id,

            @JsonProperty("waits_for") @JsonInclude(JsonInclude.Include.NON_NULL)
            ContainerAction waitsFor)
            implements ControlAnswers {

        static Accepted of(ControlOutcome outcome) {
            Container container = outcome.container();
            return new Accepted(
                    outcome.action().underWay(),
                    container.name(),
                    outcome.sentence(),
                    container.controller(),
                    outcome.id(),
                    outcome.waitsFor());
        }
    }

    /**
     * 200: the action has ended, with this state.
     *
     * @param id the same as in the {@code action} messages
     * @param containerId 12 hex digits; null when it is not known
     */
    record Reached(
            String status,
            String container,
            String message,
            String controller,
            String id,
            @JsonProperty("container_id") String containerId,
            @JsonProperty("status_detail") String statusDetail,
            boolean running,
            Health health)
            implements ControlAnswers {

        static Reached of(ControlOutcome outcome) {
            Container container = outcome.container();
            String status = container.status().wireName();
            return new Reached(
                    status,
                    container.name(),
                    container.name() + " is " + status,
                    container.controller(),
                    outcome.id(),
                    container.id(),
                    container.statusDetail(),
                    container.running(),
                    container.health());
        }
    }
}
