package io.dockrelay.relay.http;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.Health;

/** The answers to {@code POST /api/container/NAME/start}, {@code stop} and {@code restart}. */
sealed interface ControlAnswers {

    /**
     * 202: the action has begun.
     *
     * @param status {@code starting}, {@code stopping} or {@code restarting}
     * @param id the same as in the {@code action} messages
     */
    record Accepted(String status, String container, String message, String controller, String id)
            implements ControlAnswers {

        static Accepted of(ControlOutcome outcome) {
            String underWay = outcome.action().underWay();
            String name = outcome.container().name();
            return new Accepted(
                    underWay, name, underWay + " " + name, outcome.container().controller(), outcome.id());
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
