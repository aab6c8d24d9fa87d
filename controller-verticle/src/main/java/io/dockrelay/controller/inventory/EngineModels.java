package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;

import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.PublishedPort;

/** From the engine's own models to ours: the only place here that reads them. Pure. */
final class EngineModels {

    static final int SHORT_ID = 12;

    /** Docker's year 1 stands for "never"; Podman has been seen with 1 January 1970. */
    private static final Instant ZERO_TIME = Instant.parse("1970-01-02T00:00:00Z");

    private EngineModels() {}

    /** What the list tells of one container; its facts are still empty. */
    static ObservedContainer seen(Container listed, OwnContainers own) {
        Map<String, String> labels = listed.getLabels() == null ? Map.of() : listed.getLabels();
        String id = shortId(listed.getId());
        return new ObservedContainer(
                id,
                name(listed.getNames()).orElse(id),
                listed.getImage(),
                ContainerStatus.of(listed.getState()),
                listed.getStatus(),
                listed.getCreated() == null ? null : Instant.ofEpochSecond(listed.getCreated()),
                ComposeLabels.of(labels),
                own.include(listed.getId(), labels),
                ports(listed.getPorts()),
                Optional.empty());
    }

    static Inspection inspection(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        if (state == null) {
            return new Inspection(ContainerStatus.UNKNOWN, InspectedFacts.NONE);
        }
        var facts = new InspectedFacts(
                time(state.getStartedAt()),
                time(state.getFinishedAt()),
                state.getExitCodeLong() == null ? null : state.getExitCodeLong().intValue(),
                state.getOOMKilled(),
                inspected.getRestartCount());
        return new Inspection(ContainerStatus.of(state.getStatus()), facts);
    }

    static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    /** Null for Docker's zero time, and for what is no time at all. */
    static Instant time(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(ZERO_TIME) ? null : time;
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }

    /** Links of other containers stand in the same list, with a second slash. */
    private static Optional<String> name(String[] names) {
        return names == null
                ? Optional.empty()
                : Arrays.stream(names)
                        .map(name -> name.startsWith("/") ? name.substring(1) : name)
                        .filter(name -> !name.contains("/"))
                        .findFirst();
    }

    private static List<PublishedPort> ports(ContainerPort[] ports) {
        return Stream.of(ports == null ? new ContainerPort[0] : ports)
                .filter(port -> port.getPrivatePort() != null)
                .map(port ->
                        new PublishedPort(port.getIp(), port.getPrivatePort(), port.getPublicPort(), port.getType()))
                .distinct()
                .sorted(Comparator.comparingInt(PublishedPort::privatePort)
                        .thenComparing(port -> String.valueOf(port.type()))
                        .thenComparing(port -> String.valueOf(port.ip())))
                .toList();
    }
}
