package io.dockrelay.controller.logs.download;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.docker.LogQuery;

/**
 * Between which times a download's lines lie, both ends exclusive. The engine is asked for a little more at both ends:
 * its own bounds are inclusive, and lines of stdout and stderr stand in its store out of the order of their times. Pure.
 */
final class DownloadBounds {

    /** How far out of order lines are, generously. */
    private static final long MARGIN_SECONDS = 2;

    /** Null for no bound. */
    private final Instant since;

    /** Null for no bound. */
    private final Instant until;

    /** True once a line has come so late that no earlier one will follow. */
    private boolean passed;

    /** @param since a time as the bus writes it; null for no bound, like {@code until} */
    DownloadBounds(String since, String until) {
        this.since = since == null ? null : Instant.parse(since);
        this.until = until == null ? null : Instant.parse(until);
    }

    /** What to ask the engine for. */
    LogQuery query(boolean terminal) {
        return new LogQuery(
                false,
                null,
                since == null ? null : seconds(since.minusSeconds(MARGIN_SECONDS)),
                until == null ? null : seconds(until.plusSeconds(MARGIN_SECONDS)),
                terminal);
    }

    boolean include(DockerTimestamp stamp) {
        if (since == null && until == null) {
            return true;
        }
        Instant at = Instant.ofEpochSecond(stamp.seconds, stamp.nanos);
        passed |= until != null && at.isAfter(until.plusSeconds(MARGIN_SECONDS));
        return (since == null || at.isAfter(since)) && (until == null || at.isBefore(until));
    }

    boolean passed() {
        return passed;
    }

    private static String seconds(Instant time) {
        return Math.max(0, time.getEpochSecond()) + "." + String.format("%09d", time.getNano());
    }
}
