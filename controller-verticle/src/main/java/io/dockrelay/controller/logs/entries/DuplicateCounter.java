package io.dockrelay.controller.logs.entries;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts equal entries of stdout or stderr: those of the same timestamp whose text has the same hash. With Docker only the
 * chunks of a long line share a timestamp, so an ordinary line needs nothing but its own hash, and nothing is allocated.
 * Engines that give all lines of one read the same timestamp pay for a map entry per line. For one read.
 */
final class DuplicateCounter {

    /** The most different texts of one timestamp (1 GiB of chunks); after that the count restarts. */
    private static final int MAX_TEXTS = 65_536;

    private long seconds;
    private int nanos;

    /** Hash of the first text of the timestamp. */
    private long onlyHash;

    /** How often that text occurred, while it is the only one; 0 before the first entry. */
    private int onlyCount;

    /** Counts by hash; null until the timestamp has two different texts. */
    private Map<Long, Integer> counts;

    /** True when an entry of another timestamp preceded those of the current one. */
    private boolean reachesBefore;

    /** Counts an entry; returns how many equal ones preceded it. */
    int next(DockerTimestamp stamp, long hash) {
        if (stamp.seconds != seconds || stamp.nanos != nanos || onlyCount == 0) {
            begin(stamp, hash);
            return 0;
        }
        if (counts == null) {
            if (hash == onlyHash) {
                return onlyCount++;
            }
            counts = new HashMap<>();
            counts.put(onlyHash, onlyCount);
        }
        if (counts.size() >= MAX_TEXTS) {
            counts.clear();
        }
        return counts.merge(hash, 1, Integer::sum) - 1;
    }

    /** Whether all entries of this timestamp, which is that of the next entry, were or will be counted. */
    boolean reachesBefore(DockerTimestamp stamp) {
        boolean another = onlyCount > 0 && (stamp.seconds != seconds || stamp.nanos != nanos);
        return another || reachesBefore;
    }

    /** Whether nothing was counted yet. */
    boolean isEmpty() {
        return onlyCount == 0;
    }

    private void begin(DockerTimestamp stamp, long hash) {
        reachesBefore = onlyCount > 0;
        seconds = stamp.seconds;
        nanos = stamp.nanos;
        onlyHash = hash;
        onlyCount = 1;
        counts = null;
    }
}
