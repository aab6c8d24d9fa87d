package io.dockrelay.relay.http;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Health;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.relay.signin.SessionState;

/** The answers that the relay gives from its own memory. */
sealed interface StateAnswer {

    /** {@code GET /api/changes}: newest first. */
    record Changes(List<Change> changes) implements StateAnswer {}

    /**
     * {@code GET /api/data}, in the format of v1.
     *
     * @param containersFetchError a sentence when part of the list is only the last known state; null otherwise
     */
    record Current(Instant timestamp, List<V1Container> containers, String containersFetchError)
            implements StateAnswer {}

    /** {@code GET /api/controllers}. */
    record Controllers(List<ControllerLink> controllers) implements StateAnswer {}

    /** {@code DELETE /api/controllers/ID}. */
    record Dismissed(String controller, String status) implements StateAnswer {}

    /** {@code GET /api/health} for a client that has not signed in. */
    record Alive(String status, String build) implements StateAnswer {}

    /**
     * {@code GET /api/health}: the relay itself runs; its controllers may be away.
     *
     * @param browsers null for a client that may not see everything, like the number of subscriptions
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Healthy(
            String status, String build, List<ControllerLink> controllers, Integer browsers, Integer subscriptions)
            implements StateAnswer {}

    /**
     * {@code GET /api/session}: whether a WebSocket handshake would be accepted, and the client's session. A client that the
     * access check refuses gets that check's answer with the reason instead.
     *
     * @param reason why not; null when it would be accepted
     * @param refused {@code origin} when the page's origin is not that of this relay, {@code sign-in} when the client has to
     *     sign in first; null otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Session(
            boolean ok,
            String reason,
            String refused,
            @JsonUnwrapped SessionState session) implements StateAnswer {}

    /**
     * A container with v1's camel-case names.
     *
     * @param action null while none is in progress
     */
    record V1Container(
            String name,
            String fullName,
            ContainerStatus status,
            String statusDetail,
            boolean running,
            Health health,
            String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) ActionInProgress action) {

        static V1Container of(Container container) {
            return new V1Container(
                    container.name(),
                    container.fullName(),
                    container.status(),
                    container.statusDetail(),
                    container.running(),
                    container.health(),
                    container.id(),
                    container.action());
        }
    }
}
