package io.dockrelay.controller.inventory;

import java.time.Instant;

/**
 * The facts of a container that only an inspection shows; each is null when the engine does not say.
 *
 * @param startedAt null when it never started
 * @param finishedAt null when it never ended
 * @param exitCode of the last run
 * @param error the engine's sentence about a start that failed
 * @param image the reference that the container was created with
 * @param cpuLimit in cores; null also when it has none
 */
record InspectedFacts(
        Instant startedAt,
        Instant finishedAt,
        Integer exitCode,
        Boolean oomKilled,
        Integer restartCount,
        String error,
        String image,
        Double cpuLimit) {

    static final InspectedFacts NONE = new InspectedFacts(null, null, null, null, null, null, null, null);
}
