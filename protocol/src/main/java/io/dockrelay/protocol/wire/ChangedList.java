package io.dockrelay.protocol.wire;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ServerMessage.ContainerUpdate;

/**
 * A {@code container_update} after a change, as it is sent. In version 1 the elements that a change touched have the status
 * text under the change's name too, {@code statusDetail}, and its page shows that one.
 */
@JsonPropertyOrder({"type", "timestamp"})
public record ChangedList(
        Instant timestamp,
        List<Element> containers,
        List<Change> changes,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<ControllerLink> controllers,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> rights) {

    /** @param statusDetail null unless a change touched the container */
    public record Element(
            @JsonUnwrapped Container container,
            @JsonInclude(JsonInclude.Include.NON_NULL) String statusDetail) {}

    public static ChangedList of(ContainerUpdate update) {
        List<Element> elements = update.containers().stream()
                .map(container -> new Element(
                        container, isTouched(container, update.changes()) ? container.statusDetail() : null))
                .toList();
        return new ChangedList(
                update.timestamp(),
                elements,
                update.changes(),
                update.controllers(),
                update.revision(),
                update.rights());
    }

    @JsonProperty("type")
    public String type() {
        return "container_update";
    }

    private static boolean isTouched(Container container, List<Change> changes) {
        return changes.stream()
                .anyMatch(change -> change.controller().equals(container.controller())
                        && change.name().equals(container.name()));
    }
}
