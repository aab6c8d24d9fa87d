package io.dockrelay.controller.logs.download;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.docker.LogQuery;

/**
 * The times between which the lines of a download lie, both exclusive. The engine is asked for a little more at both ends:
 * its own bounds are inclusive, and its store holds stdout and stderr slightly out of order. Pure.
 */
final class DownloadBounds {

    /** Larger than the distance by which lines are out of order. */
    private static final long MARGIN_SECONDS = 2;

    /** Null for no bound. */
    private final Instant since;

    /** Null for no bound. */
    private final Instant until;

    /** True after a line so late that no line within the bounds follows. */
    private boolean passed;

    /** Latest time of a line that was read, or 1970. */
    private long latestSeconds;

    private int latestNanos;

    /** @param since a timestamp as on the bus; null for no bound, like {@code until} */
    DownloadBounds(String since, String until) {
        this.since = since == null ? null : Instant.parse(since);
        this.until = until == null ? null : Instant.parse(until);
    }

    /** What to request from the engine. */
    LogQuery query(boolean terminal) {
        return new LogQuery(
                false,
                null,
                since == null ? null : seconds(since.minusSeconds(MARGIN_SECONDS)),
                until == null ? null : seconds(until.plusSeconds(MARGIN_SECONDS)),
                terminal);
    }

    /** Whether a line of this time belongs to the download. */
    boolean include(DockerTimestamp stamp) {
        if (stamp.seconds > latestSeconds || (stamp.seconds == latestSeconds && stamp.nanos > latestNanos)) {
            latestSeconds = stamp.seconds;
            latestNanos = stamp.nanos;
        }
        if (since == null && until == null) {
            return true;
        }
        Instant at = Instant.ofEpochSecond(stamp.seconds, stamp.nanos);
        passed |= until != null && at.isAfter(until.plusSeconds(MARGIN_SECONDS));
        return !outside(at);
    }

    /**
     * Why a read that has ended does not hold all lines of the download; null when nothing is known to be missing. An engine
     * may end a read at damage in its file, as after a power cut, without a report.
     *
     * @param newest time of the store's newest line before the read; null when it is not known
     * @param report the engine's sentence why it cannot read the log any further; null when it has not reported that
     */
    String missing(Instant newest, String report) {
        Instant latest = Instant.ofEpochSecond(latestSeconds, latestNanos);
        boolean early = newest != null && since != null && !newest.isAfter(since);
        if (early || (newest != null && !latest.isBefore(newest))) {
            return null;
        }
        return newest == null || outside(newest) ? report : EngineFailures.endedEarly(latest.toString(), newest);
    }

    private boolean outside(Instant time) {
        return (since != null && !time.isAfter(since)) || (until != null && !time.isBefore(until));
    }

    /** Whether all lines of the download were read. */
    boolean passed() {
        return passed;
    }

    private static String seconds(Instant time) {
        return Math.max(0, time.getEpochSecond()) + "." + String.format("%09d", time.getNano());
    }
}
