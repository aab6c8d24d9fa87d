package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.PublishedPort;

/**
 * One container as a look found it.
 *
 * @param id 12 hex digits
 * @param own whether it is one of Dockrelay's own
 * @param facts empty until an inspection has succeeded
 */
record Seen(
        String id,
        String fullName,
        String image,
        ContainerStatus status,
        String statusText,
        Instant createdAt,
        ComposeLabels compose,
        boolean own,
        List<PublishedPort> ports,
        Optional<Facts> facts) {

    Seen {
        ports = List.copyOf(ports);
    }

    Seen withFacts(Optional<Facts> replaced) {
        return new Seen(id, fullName, image, status, statusText, createdAt, compose, own, ports, replaced);
    }

    Naming.Subject subject() {
        return new Naming.Subject(fullName, compose);
    }

    StatusText text() {
        return StatusText.of(statusText);
    }

    /** What is known, with nulls where nothing is. */
    Facts known() {
        return facts.orElse(Facts.NONE);
    }

    /** Of the run that ended: the text's word, because it is of the same moment as the status. */
    Integer exitCode() {
        Integer told = text().exitCode();
        return told != null ? told : known().exitCode();
    }

    /** Whether it runs, frozen or not. */
    boolean isUp() {
        return status == ContainerStatus.RUNNING || status == ContainerStatus.PAUSED;
    }
}
