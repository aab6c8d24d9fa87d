package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One element of {@code containers[]}. The field meanings are those of the protocol's table (docs/protocol.md).
 *
 * @param name Docker's name without its compose project, unique on its controller
 * @param fullName Docker's name without the leading slash
 * @param statusDetail Docker's own status text, such as {@code Up 2 hours (healthy)}; null when there is none
 * @param health null with no health check or when not running
 * @param id 12 hex digits; null when there is no container
 * @param created whether a container exists
 * @param controller the id of the controller that sees it; null from a v1 controller
 * @param actions which actions are allowed; null from a v1 controller
 * @param lastKnown null unless the status is {@link ContainerStatus#UNKNOWN}
 * @param action null while none is in progress
 * @param rights from a relay: what its client may do with the container; null where everything is allowed
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonPropertyOrder({
    "name",
    "full_name",
    "status",
    "status_detail",
    "running",
    "health",
    "id",
    "created",
    "controller",
    "actions"
})
public record Container(
        String name,
        String fullName,
        ContainerStatus status,
        String statusDetail,
        Health health,
        String id,
        boolean created,
        String controller,
        Actions actions,
        @JsonUnwrapped Details details,

        @JsonUnwrapped @JsonInclude(JsonInclude.Include.NON_NULL)
        LastKnown lastKnown,

        @JsonInclude(JsonInclude.Include.NON_NULL) ActionInProgress action,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> rights) {

    public Container {
        Objects.requireNonNull(name, "name");
        status = Objects.requireNonNullElse(status, ContainerStatus.UNKNOWN);
        details = Objects.requireNonNullElse(details, Details.NOTHING_KNOWN);
        // Read from JSON, an absent LastKnown arrives as one with nothing in it.
        lastKnown = lastKnown == null || lastKnown.asOf() == null ? null : lastKnown;
        rights = rights == null ? null : List.copyOf(rights);
    }

    /** A container without an action in progress. */
    public Container(
            String name,
            String fullName,
            ContainerStatus status,
            String statusDetail,
            Health health,
            String id,
            boolean created,
            String controller,
            Actions actions,
            Details details,
            LastKnown lastKnown) {
        this(
                name,
                fullName,
                status,
                statusDetail,
                health,
                id,
                created,
                controller,
                actions,
                details,
                lastKnown,
                null,
                null);
    }

    /** Paused and restarting are not running. */
    @JsonProperty(value = "running", access = JsonProperty.Access.READ_ONLY)
    public boolean running() {
        return status == ContainerStatus.RUNNING;
    }

    /**
     * The same container while its engine or controller is away; what was known stays as {@code last_*}. What became of an
     * action is not known.
     */
    public Container unknownSince(Instant asOf, String reason) {
        if (status == ContainerStatus.UNKNOWN || status == ContainerStatus.NOT_CREATED) {
            return withActions(Actions.none(reason)).withAction(null);
        }
        return new Container(
                name,
                fullName,
                ContainerStatus.UNKNOWN,
                statusDetail,
                null,
                id,
                created,
                controller,
                Actions.none(reason),
                details,
                new LastKnown(status, health, asOf));
    }

    /** The same container after its removal; it is in no list any more. */
    public Container removed() {
        return new Container(
                name, fullName, ContainerStatus.REMOVED, null, null, id, false, controller, actions, details, null);
    }

    /** The container before its engine or controller went away; the same one if it is not dimmed. */
    public Container lastKnownState() {
        return lastKnown == null
                ? this
                : new Container(
                        name,
                        fullName,
                        lastKnown.status(),
                        statusDetail,
                        lastKnown.health(),
                        id,
                        created,
                        controller,
                        actions,
                        details,
                        null);
    }

    public Container withActions(Actions replaced) {
        return new Container(
                name,
                fullName,
                status,
                statusDetail,
                health,
                id,
                created,
                controller,
                replaced,
                details,
                lastKnown,
                action,
                rights);
    }

    /** @param replaced null for no action in progress */
    public Container withAction(ActionInProgress replaced) {
        return Objects.equals(replaced, action)
                ? this
                : new Container(
                        name,
                        fullName,
                        status,
                        statusDetail,
                        health,
                        id,
                        created,
                        controller,
                        actions,
                        details,
                        lastKnown,
                        replaced,
                        rights);
    }

    public Container withController(String replaced) {
        return replaced.equals(controller)
                ? this
                : new Container(
                        name,
                        fullName,
                        status,
                        statusDetail,
                        health,
                        id,
                        created,
                        replaced,
                        actions,
                        details,
                        lastKnown,
                        action,
                        rights);
    }

    /**
     * The same container as a client with these rights sees it: without the labels that decide them.
     *
     * @param permitted names of permissions; null for all
     * @param possible the actions, with the reasons of those that are not permitted
     */
    public Container shownWith(List<String> permitted, Actions possible) {
        boolean same = Objects.equals(permitted, rights)
                && Objects.equals(possible, actions)
                && details.labels().isEmpty();
        return same
                ? this
                : new Container(
                        name,
                        fullName,
                        status,
                        statusDetail,
                        health,
                        id,
                        created,
                        controller,
                        possible,
                        details.withLabels(Map.of()),
                        lastKnown,
                        action,
                        permitted);
    }

    /** Whether this is the container meant by a name, a full name or an id. */
    public boolean answersTo(String nameOrId) {
        return name.equals(nameOrId) || fullName.equals(nameOrId) || (id != null && id.equals(nameOrId));
    }
}
