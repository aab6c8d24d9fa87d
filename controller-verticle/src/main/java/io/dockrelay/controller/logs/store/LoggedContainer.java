package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

import com.github.dockerjava.api.command.InspectContainerResponse;

import io.dockrelay.protocol.state.ContainerStatus;

/**
 * A container as an inspection showed it, as far as its log is concerned.
 *
 * @param id 12 hex digits
 * @param fullName Docker's name without the slash
 * @param terminal whether its log is the raw output of a terminal
 * @param startedAt null when it never was started
 * @param exitCode of the last run; meaningless while it runs
 * @param fileBytes after which the engine begins a new file for its log; 0 when it never does
 * @param identity what stays when it is re-created
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
        ServiceIdentity identity) {

    /** The engine reads a process's last lines so long after its end. */
    private static final Duration READ_LATE = Duration.ofMillis(40);

    static LoggedContainer of(InspectContainerResponse inspected) {
        InspectContainerResponse.ContainerState state = inspected.getState();
        String name = inspected.getName().substring(inspected.getName().startsWith("/") ? 1 : 0);
        Map<String, String> labels = inspected.getConfig().getLabels();
        Long exitCode = state.getExitCodeLong();
        return new LoggedContainer(
                inspected.getId().substring(0, 12),
                name,
                Boolean.TRUE.equals(inspected.getConfig().getTty()),
                ContainerStatus.of(state.getStatus()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()),
                exitCode == null ? 0 : exitCode,
                LogRotation.bytes(
                        inspected.getHostConfig() == null
                                ? null
                                : inspected.getHostConfig().getLogConfig()),
                ServiceIdentity.of(labels == null ? Map.of() : labels));
    }

    /** Whether lines may be written now, or will be as soon as it goes on. */
    public boolean alive() {
        return status == ContainerStatus.RUNNING || status == ContainerStatus.PAUSED;
    }

    /** The same under another name. */
    public LoggedContainer named(String replaced) {
        return new LoggedContainer(
                id, replaced, terminal, status, startedAt, finishedAt, exitCode, fileBytes, identity);
    }

    /** Whether this has been started since {@code before} was looked at. */
    public boolean isNewRunAfter(LoggedContainer before) {
        return startedAt != null && !startedAt.equals(before.startedAt);
    }

    /**
     * A moment between the lines of the run before and those of this one: shortly after its end, for Docker notes a
     * start only when the process may have written already, and an end when not everything may have been read.
     */
    public Instant betweenRuns() {
        if (finishedAt == null || !finishedAt.isBefore(startedAt)) {
            return Instant.EPOCH;
        }
        Duration half = Duration.between(finishedAt, startedAt).dividedBy(2);
        return finishedAt.plus(half.compareTo(READ_LATE) < 0 ? half : READ_LATE);
    }

    /** Docker writes the year 1 for "never". */
    private static Instant time(String text) {
        try {
            return text == null || text.startsWith("0001") ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
