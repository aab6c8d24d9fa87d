package io.dockrelay.controller.logs.rotation;

import io.dockrelay.docker.ApiVersion;
import io.dockrelay.docker.EngineVersion;

/**
 * Which faults the engine's log follower has when a log rotates. A fault that an engine does not have costs nothing: its
 * detector is off.
 *
 * @param repeats it may send entries again: it starts the newest file a second time
 * @param skips it may leave out a whole file: it continues with the newest one
 * @param standsStill it may stop at the end of a file until the next file is started
 */
public record RotationFaults(boolean repeats, boolean skips, boolean standsStill) {

    /** All three, as in Docker 20.10. */
    public static final RotationFaults ALL = new RotationFaults(true, true, true);

    /** The API of the first engine with the rewritten follower, 23.0 (docs/decisions/rotating-logs.md). */
    private static final ApiVersion REWRITTEN = new ApiVersion(1, 42);

    /**
     * The faults of this engine. A configured, older API version changes nothing about them.
     *
     * @param version null when it is not known yet: all three
     */
    public static RotationFaults of(EngineVersion version) {
        boolean rewritten = version != null && version.newestApi().compareTo(REWRITTEN) >= 0;
        return rewritten ? new RotationFaults(true, true, false) : ALL;
    }
}
