package io.dockrelay.protocol.state;

import java.time.Instant;

/**
 * Why a container has another status, or the same status in another run. One rule for two observations of the engine and for
 * two lists compared after an outage. Pure.
 */
public final class StatusReason {

    /** Docker's exit code for a process that ended by SIGTERM. */
    private static final int TERMINATED = 143;

    private StatusReason() {}

    /**
     * A container that restarts has ended, and a container that runs after restarting has restarted.
     *
     * @param end the reason if the run has ended, see {@link #ofEnd}
     */
    public static ChangeReason of(ContainerStatus before, ContainerStatus now, boolean anotherRun, ChangeReason end) {
        return switch (now) {
            case RUNNING -> ofRunning(before, anotherRun);
            case PAUSED -> ChangeReason.PAUSED;
            case CREATED -> ChangeReason.CREATED;
            case REMOVING -> before.isUp() ? end : ChangeReason.REMOVED;
            default -> end;
        };
    }

    /**
     * Why a run ended. A container that is removed when it ends may be seen only while it is removed.
     *
     * @param exitCode null when it is not known
     * @param oomKilled null when it is not known
     * @param requested whether a request to stop it is known
     */
    public static ChangeReason ofEnd(ContainerStatus now, Integer exitCode, Boolean oomKilled, boolean requested) {
        if (Boolean.TRUE.equals(oomKilled)) {
            return ChangeReason.OOM;
        }
        boolean orderly = requested || (exitCode != null && (exitCode == 0 || exitCode == TERMINATED));
        boolean ended = now == ContainerStatus.EXITED || now == ContainerStatus.REMOVING;
        return orderly && ended ? ChangeReason.STOPPED : ChangeReason.DIED;
    }

    /**
     * Whether the later of two observations is of another run. The start times decide where both are known: the engine counts
     * a restart before it happens, so the count alone would report it twice. Every parameter may be null.
     */
    public static boolean isAnotherRun(
            Instant startedBefore, Instant startedNow, Integer restartsBefore, Integer restartsNow) {
        boolean timesUnknown = startedBefore == null || startedNow == null;
        return timesUnknown ? differ(restartsBefore, restartsNow) : differ(startedBefore, startedNow);
    }

    /**
     * Whether a start has failed between two observations. It leaves the status as it was, and the engine's sentence about it
     * is new. Every parameter may be null.
     */
    public static boolean hasFailedToStart(String errorBefore, String errorNow) {
        return errorNow != null && !errorNow.equals(errorBefore);
    }

    private static ChangeReason ofRunning(ContainerStatus before, boolean anotherRun) {
        return switch (before) {
            case RUNNING, RESTARTING -> ChangeReason.RESTARTED;
            case PAUSED -> anotherRun ? ChangeReason.RESTARTED : ChangeReason.RESUMED;
            default -> ChangeReason.STARTED;
        };
    }

    private static boolean differ(Object before, Object now) {
        return before != null && now != null && !before.equals(now);
    }
}
