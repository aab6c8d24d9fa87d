package io.dockrelay.protocol.details;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A container's configuration, the answer to {@code GET …/container/NAME/details}. Values that are not set or not known
 * are null; lists are empty instead.
 *
 * @param image as it was requested
 * @param entrypoint with its secrets replaced; the same for {@code command}
 * @param cpuLimit in cores
 * @param health null when there is no health check
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ContainerDetails(
        String container,
        String fullName,
        String controller,
        String id,
        String image,
        String imageId,
        Instant createdAt,
        List<String> entrypoint,
        List<String> command,
        String workingDir,
        String user,
        String hostname,
        boolean tty,
        String restartPolicy,
        String loggingDriver,
        Long memoryLimit,
        Double cpuLimit,
        Long pidsLimit,
        List<NamedValue> environment,
        List<NamedValue> labels,
        List<MountPoint> mounts,
        List<JoinedNetwork> networks,
        HealthReport health) {

    public ContainerDetails {
        entrypoint = orEmpty(entrypoint);
        command = orEmpty(command);
        environment = orEmpty(environment);
        labels = orEmpty(labels);
        mounts = orEmpty(mounts);
        networks = orEmpty(networks);
    }

    public ContainerDetails withController(String replaced) {
        return new ContainerDetails(
                container,
                fullName,
                replaced,
                id,
                image,
                imageId,
                createdAt,
                entrypoint,
                command,
                workingDir,
                user,
                hostname,
                tty,
                restartPolicy,
                loggingDriver,
                memoryLimit,
                cpuLimit,
                pidsLimit,
                environment,
                labels,
                mounts,
                networks,
                health);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
