package io.dockrelay.controller.details;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.NetworkSettings;

import io.dockrelay.controller.engine.CpuLimit;
import io.dockrelay.controller.engine.EngineValues;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.details.HealthReport;
import io.dockrelay.protocol.details.JoinedNetwork;
import io.dockrelay.protocol.details.MountPoint;
import io.dockrelay.protocol.details.NamedValue;
import io.dockrelay.protocol.state.Container;

/** Converts the engine's inspection to the details that are shown. Pure. */
final class DetailsFactory {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InspectContainerResponse found;
    private final ContainerConfig config;
    private final HostConfig host;

    /** Whether secrets are shown. */
    private final boolean reveal;

    DetailsFactory(InspectContainerResponse found, boolean reveal) {
        this.found = found;
        this.config = found.getConfig();
        this.host = found.getHostConfig();
        this.reveal = reveal;
    }

    ContainerDetails details(Container container) {
        return new ContainerDetails(
                container.name(),
                container.fullName(),
                container.controller(),
                container.id(),
                config.getImage(),
                found.getImageId(),
                EngineValues.time(found.getCreated()),
                arguments(config.getEntrypoint()),
                arguments(config.getCmd()),
                blankToNull(config.getWorkingDir()),
                blankToNull(config.getUser()),
                blankToNull(config.getHostName()),
                Boolean.TRUE.equals(config.getTty()),
                host == null || host.getRestartPolicy() == null
                        ? null
                        : blankToNull(host.getRestartPolicy().getName()),
                loggingDriver(),
                host == null ? null : positive(host.getMemory()),
                CpuLimit.of(host),
                host == null ? null : positive(host.getPidsLimit()),
                environment(),
                labels(),
                mounts(),
                networks(),
                health());
    }

    private List<String> arguments(String[] arguments) {
        return arguments == null ? List.of() : SecretMask.arguments(Arrays.asList(arguments), reveal);
    }

    private String loggingDriver() {
        return host == null
                        || host.getLogConfig() == null
                        || host.getLogConfig().getType() == null
                ? null
                : host.getLogConfig().getType().getType();
    }

    private List<NamedValue> environment() {
        return Stream.of(config.getEnv() == null ? new String[0] : config.getEnv())
                .map(variable -> variable.split("=", 2))
                .map(parts -> SecretMask.named(parts[0], parts.length < 2 ? null : parts[1], reveal))
                .toList();
    }

    private List<NamedValue> labels() {
        Map<String, String> labels = config.getLabels() == null ? Map.of() : config.getLabels();
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> SecretMask.named(label.getKey(), label.getValue(), reveal))
                .toList();
    }

    private List<MountPoint> mounts() {
        List<InspectContainerResponse.Mount> mounts = found.getMounts() == null ? List.of() : found.getMounts();
        return mounts.stream()
                .map(mount -> new MountPoint(
                        type(mount),
                        blankToNull(mount.getName()),
                        blankToNull(mount.getSource()),
                        mount.getDestination() == null
                                ? null
                                : mount.getDestination().getPath(),
                        Boolean.FALSE.equals(mount.getRW())))
                .toList();
    }

    /** docker-java's model has no type; the name and the source of the mount imply it. */
    private static String type(InspectContainerResponse.Mount mount) {
        if (blankToNull(mount.getName()) != null) {
            return "volume";
        }
        return blankToNull(mount.getSource()) == null ? "tmpfs" : "bind";
    }

    private List<JoinedNetwork> networks() {
        NetworkSettings settings = found.getNetworkSettings();
        Map<String, ContainerNetwork> networks =
                settings == null || settings.getNetworks() == null ? Map.of() : settings.getNetworks();
        return networks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(network -> joined(network.getKey(), network.getValue()))
                .toList();
    }

    private static JoinedNetwork joined(String name, ContainerNetwork network) {
        return new JoinedNetwork(
                name,
                blankToNull(network.getIpAddress()),
                blankToNull(network.getGlobalIPv6Address()),
                blankToNull(network.getGateway()),
                blankToNull(network.getMacAddress()),
                network.getAliases());
    }

    private HealthReport health() {
        HealthCheck check = config.getHealthcheck();
        HealthState state = found.getState() == null ? null : found.getState().getHealth();
        if (state == null) {
            return null;
        }
        List<HealthStateLog> log = state.getLog() == null ? List.of() : state.getLog();
        List<String> test = check == null || check.getTest() == null ? List.of() : check.getTest();
        Long interval = check == null ? null : positive(check.getInterval());
        return new HealthReport(
                blankToNull(state.getStatus()),
                Objects.requireNonNullElse(state.getFailingStreak(), 0),
                SecretMask.arguments(test, reveal),
                interval == null ? null : (Long) (interval / NANOS_PER_MILLI),
                log.stream()
                        .map(probe -> new HealthReport.Probe(
                                EngineValues.time(probe.getStart()),
                                EngineValues.time(probe.getEnd()),
                                probe.getExitCodeLong(),
                                probe.getOutput()))
                        .toList());
    }

    private static Long positive(Long value) {
        return value == null || value <= 0 ? null : value;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
