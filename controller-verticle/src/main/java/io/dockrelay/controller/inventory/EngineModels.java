package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.controller.engine.CpuLimit;
import io.dockrelay.controller.engine.EngineValues;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.PublishedPort;

/** Converts the engine's models; the only class of this package that reads them. Pure. */
final class EngineModels {

    private EngineModels() {}

    /** What the engine's list says of one container; its facts are still empty. */
    static ObservedContainer seen(Container listed, ScanScope scope) {
        Map<String, String> labels = listed.getLabels() == null ? Map.of() : listed.getLabels();
        String id = EngineValues.shortId(listed.getId());
        return new ObservedContainer(
                id,
                name(listed.getNames()).orElse(id),
                listed.getImage(),
                ContainerStatus.of(listed.getState()),
                listed.getStatus(),
                listed.getCreated() == null ? null : Instant.ofEpochSecond(listed.getCreated()),
                ComposeLabels.of(labels),
                scope.own().include(listed.getId(), labels),
                ports(listed.getPorts()),
                Optional.empty(),
                scope.labels().among(labels));
    }

    static Inspection inspection(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        if (state == null) {
            return new Inspection(ContainerStatus.UNKNOWN, InspectedFacts.NONE);
        }
        var facts = new InspectedFacts(
                EngineValues.time(state.getStartedAt()),
                EngineValues.time(state.getFinishedAt()),
                state.getExitCodeLong() == null ? null : state.getExitCodeLong().intValue(),
                state.getOOMKilled(),
                inspected.getRestartCount(),
                state.getError() == null || state.getError().isBlank() ? null : state.getError(),
                inspected.getConfig() == null ? null : inspected.getConfig().getImage(),
                CpuLimit.of(inspected.getHostConfig()));
        return new Inspection(ContainerStatus.of(state.getStatus()), facts);
    }

    /** Links of other containers are in the same list, with a second slash. */
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
