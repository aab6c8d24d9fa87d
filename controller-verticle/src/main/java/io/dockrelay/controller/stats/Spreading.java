package io.dockrelay.controller.stats;

import io.dockrelay.protocol.stats.StatsInterval;

/**
 * How the measurements of many containers are spread over their interval: short rounds, each with its share of the
 * containers, so that neither the engine nor this process has all the work at once. Pure.
 *
 * @param containers to measure once per interval
 * @param intervalMs meaningless without containers
 */
record Spreading(int containers, int intervalMs) {

    static final Spreading NOTHING = new Spreading(0, StatsInterval.LONGEST_MS);

    /** Milliseconds from the beginning of one round to that of the next. */
    int roundMs() {
        return containers == 0
                ? StatsInterval.LONGEST_MS
                : Math.max(StatsInterval.SHORTEST_MS, intervalMs / containers);
    }

    /** The most containers of one round. */
    int perRound() {
        return Math.ceilDiv(containers * roundMs(), intervalMs);
    }
}
