package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.controller.engine.EngineValues;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.PublishedPort;

/**
 * One container as a scan found it.
 *
 * @param id 12 hex digits
 * @param image as the engine's list has it: a reference, or the image's id if the reference no longer means this image
 * @param own whether it is one of Dockrelay's own containers
 * @param facts empty until an inspection has succeeded
 * @param labels those that rights depend on
 */
record ObservedContainer(
        String id,
        String fullName,
        String image,
        ContainerStatus status,
        String statusText,
        Instant createdAt,
        ComposeLabels compose,
        boolean own,
        List<PublishedPort> ports,
        Optional<InspectedFacts> facts,
        Map<String, String> labels) {

    ObservedContainer {
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
    }

    ObservedContainer withFacts(Optional<InspectedFacts> replaced) {
        return new ObservedContainer(
                id, fullName, image, status, statusText, createdAt, compose, own, ports, replaced, labels);
    }

    Naming.Subject subject() {
        return new Naming.Subject(fullName, compose);
    }

    StatusText text() {
        return StatusText.of(statusText);
    }

    /** The facts, or nulls before the first inspection. */
    InspectedFacts known() {
        return facts.orElse(InspectedFacts.NONE);
    }

    /** Of the run that ended. The status text goes first, because it is of the same moment as the status. */
    Integer exitCode() {
        Integer ofText = text().exitCode();
        return ofText != null ? ofText : known().exitCode();
    }

    /** Whether the last attempt to run it has ended: its process, or a start that failed. */
    boolean hasEnded() {
        return !isUp() && (status != ContainerStatus.CREATED || error() != null);
    }

    /** Why the engine could not start it; null while it is up, and after a start that succeeded. */
    String error() {
        return isUp() ? null : known().error();
    }

    /** The reference that it was created with; the image's short id if that was an id, or is not known yet. */
    String imageReference() {
        String created = known().image();
        String reference = EngineValues.shortImageId(image) == null || created == null ? image : created;
        String id = EngineValues.shortImageId(reference);
        return id == null ? reference : id;
    }

    /** The image's short id if the reference is no longer a tag of this image; otherwise null. */
    String untaggedImageId() {
        String id = EngineValues.shortImageId(image);
        return id == null || id.equals(imageReference()) ? null : id;
    }

    /** Whether it has a process, frozen or not. */
    boolean isUp() {
        return status.isUp();
    }
}
