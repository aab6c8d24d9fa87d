package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.github.dockerjava.api.command.InspectContainerResponse;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.controller.engine.EngineValues;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * What an inspection says about a container, as far as its log is concerned.
 *
 * @param id 12 hex digits
 * @param fullName Docker's name without the slash
 * @param terminal whether its log is the raw output of a terminal
 * @param startedAt null when it was never started
 * @param exitCode of the last run; meaningless while it runs
 * @param fileBytes size at which the engine starts a new file for the log; 0 when it never does
 * @param identity stays the same when the container is re-created
 */
public record LoggedContainer(
        String id,
        String fullName,
        boolean terminal,
        ContainerStatus status,
        Instant startedAt,
        Instant finishedAt,
        long exitCode,
        long fileBytes,
        ComposeLabels identity) {

    /** The engine reads the last lines of a process up to this long after its end. */
    private static final Duration READ_LATE = Duration.ofMillis(40);

    static LoggedContainer of(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        String name = inspected.getName().substring(inspected.getName().startsWith("/") ? 1 : 0);
        Map<String, String> labels = inspected.getConfig().getLabels();
        Long exitCode = state.getExitCodeLong();
        return new LoggedContainer(
                EngineValues.shortId(inspected.getId()),
                name,
                Boolean.TRUE.equals(inspected.getConfig().getTty()),
                ContainerStatus.of(state.getStatus()),
                EngineValues.time(state.getStartedAt()),
                EngineValues.time(state.getFinishedAt()),
                exitCode == null ? 0 : exitCode,
                LogRotation.bytes(
                        inspected.getHostConfig() == null
                                ? null
                                : inspected.getHostConfig().getLogConfig()),
                ComposeLabels.of(labels == null ? Map.of() : labels));
    }

    /** Whether lines may be written, now or after the container is unpaused. */
    public boolean alive() {
        return status.isUp();
    }

    /** The same container under another name. */
    public LoggedContainer named(String replacement) {
        return new LoggedContainer(
                id, replacement, terminal, status, startedAt, finishedAt, exitCode, fileBytes, identity);
    }

    /** Whether the container was started after the inspection {@code before}. */
    public boolean isNewRunAfter(LoggedContainer before) {
        return startedAt != null && !startedAt.equals(before.startedAt);
    }

    /**
     * A moment between the lines of the last run and those of this one. It lies shortly after the end of the last run: Docker
     * records a start when the process may have written already, and an end before it has read everything.
     */
    public Instant betweenRuns() {
        if (finishedAt == null || !finishedAt.isBefore(startedAt)) {
            return Instant.EPOCH;
        }
        Duration half = Duration.between(finishedAt, startedAt).dividedBy(2);
        return finishedAt.plus(half.compareTo(READ_LATE) < 0 ? half : READ_LATE);
    }
}
