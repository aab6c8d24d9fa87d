package io.dockrelay.protocol.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;

/**
 * What a controller or a relay sends, except log lines: those are {@link LogFrame}s, whose bytes are never parsed.
 * Fields that are null in an additive place are left out; v1 fields are always there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = ServerMessage.Unrecognised.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.InitialState.class, name = "initial_state"),
    @JsonSubTypes.Type(value = ServerMessage.StatusChange.class, name = "status_change"),
    @JsonSubTypes.Type(value = ServerMessage.ActionChange.class, name = "action_change"),
    @JsonSubTypes.Type(value = ServerMessage.ContainerUpdate.class, name = "container_update"),
    @JsonSubTypes.Type(value = ServerMessage.ContainersDelta.class, name = "containers_changed"),
    @JsonSubTypes.Type(value = ServerMessage.LogGap.class, name = "log_gap"),
    @JsonSubTypes.Type(value = ServerMessage.LogState.class, name = "log_state"),
    @JsonSubTypes.Type(value = ServerMessage.Action.class, name = "action"),
    @JsonSubTypes.Type(value = ServerMessage.EngineState.class, name = "engine_status"),
    @JsonSubTypes.Type(value = ServerMessage.ControllerState.class, name = "controller_status"),
    @JsonSubTypes.Type(value = ServerMessage.Stats.class, name = "stats"),
    @JsonSubTypes.Type(value = ServerMessage.Failure.class, name = "error"),
    @JsonSubTypes.Type(value = ServerMessage.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = ServerMessage.Pong.class, name = "pong")
})
public sealed interface ServerMessage {

    /**
     * Controller: first message on every connection. {@code protocol} is null from a v1 controller; {@code allow} when
     * everything is allowed; {@code labels} when there is none.
     */
    record InitialState(
            Instant timestamp,
            List<Container> containers,
            @JsonInclude(JsonInclude.Include.NON_NULL) String controller,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer protocol,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> features,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> allow)
            implements ServerMessage {}

    /** Controller: something changed. */
    record StatusChange(Instant timestamp, List<Change> changes) implements ServerMessage {}

    /**
     * Controller: an action on these containers began or ended. Not a {@link StatusChange}, because a client of version 1
     * takes the next status change for the action's effect.
     */
    record ActionChange(Instant timestamp, List<Change> changes) implements ServerMessage {}

    /**
     * Relay: the whole list; {@code changes} only after a change.
     *
     * @param rights what the client may do everywhere: names of permissions; null for everything
     */
    record ContainerUpdate(
            Instant timestamp,
            List<Container> containers,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Change> changes,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<ControllerLink> controllers,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long revision,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> rights)
            implements ServerMessage {}

    /** Relay, to clients that sent {@code hello} with {@code deltas}: only what changed. */
    record ContainersDelta(
            Instant timestamp, long revision, List<Container> containers, List<Removed> removed, List<Change> changes)
            implements ServerMessage {}

    /** A container that is no longer in the list. */
    record Removed(String controller, String id, String name) {}

    /** Lines that this client did not get. {@code count} is null when their number is unknown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogGap(
            String container,
            String controller,
            String sub,
            GapReason reason,
            @JsonInclude(JsonInclude.Include.ALWAYS) String from,
            @JsonInclude(JsonInclude.Include.ALWAYS) String to,
            @JsonInclude(JsonInclude.Include.ALWAYS) Long count)
            implements ServerMessage {}

    /** The state of the container that a subscription follows. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogState(
            String container,
            String controller,
            String sub,
            LogStateKind state,
            @JsonInclude(JsonInclude.Include.ALWAYS) Instant at,
            @JsonInclude(JsonInclude.Include.ALWAYS) String message)
            implements ServerMessage {}

    /** The progress of a start, stop, restart or kill: {@code accepted}, then {@code done} or {@code failed}. */
    record Action(
            String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String controller,
            String container,
            ContainerAction action,
            ActionState state,
            Instant at,
            String message,
            String by)
            implements ServerMessage {}

    /** The container engine stopped or started answering. */
    record EngineState(
            boolean available,
            Instant since,
            String message,
            @JsonInclude(JsonInclude.Include.NON_NULL) String controller)
            implements ServerMessage {}

    /** Relay: the connection to one controller changed. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ControllerState(
            String controller,
            LinkState state,
            Instant since,
            int attempt,
            Long retryInMs,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> features,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> allow,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> replaces,
            @JsonInclude(JsonInclude.Include.NON_NULL) String message,
            @JsonInclude(JsonInclude.Include.NON_NULL) LinkMeasure link)
            implements ServerMessage {

        public ControllerState {
            replaces = replaces == null ? List.of() : List.copyOf(replaces);
        }

        public static ControllerState of(ControllerLink link) {
            return new ControllerState(
                    link.controller(),
                    link.state(),
                    link.since(),
                    link.attempt(),
                    link.retryInMs(),
                    link.features(),
                    link.labels(),
                    link.allow(),
                    link.replaces(),
                    link.message(),
                    link.link());
        }
    }

    /** The load at one time of the requested containers; {@code hosts} are their machines. */
    record Stats(Instant at, List<ContainerStats> items, List<HostStats> hosts) implements ServerMessage {}

    /** The answer to a bad request; {@code request} is its type, {@code container} the one it named. */
    record Failure(
            ErrorCode code,
            String message,
            String container,
            String request,
            @JsonInclude(JsonInclude.Include.NON_NULL) String sub)
            implements ServerMessage {}

    /** Relay: every 10 seconds, because a page cannot see WebSocket pings. */
    record Heartbeat(Instant timestamp, String build) implements ServerMessage {}

    /**
     * The answer to {@code ping}; {@code id} is the ping's own. {@code epochMicros}, from controllers: the same time in
     * microseconds, to compare clocks; null otherwise.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Pong(
            Object id,
            Instant timestamp,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long epochMicros) implements ServerMessage {

        public Pong(Object id, Instant timestamp) {
            this(id, timestamp, null);
        }
    }

    /** A type of a newer version: receivers ignore it. */
    record Unrecognised() implements ServerMessage {}
}
