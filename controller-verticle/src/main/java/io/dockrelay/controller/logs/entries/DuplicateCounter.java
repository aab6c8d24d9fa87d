package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

/**
 * Counts equal entries of stdout or stderr: those of the same timestamp whose text has the same hash. With Docker only the
 * chunks of a long line share a timestamp, so an ordinary line needs nothing but its own hash. Other engines give all lines
 * of one read the same timestamp, so the table of counts must not allocate per line, as a {@code HashMap} would. For one
 * read.
 */
final class DuplicateCounter {

    /** The most different texts of one timestamp (1 GiB of chunks); after that the count restarts. */
    private static final int MAX_TEXTS = 65_536;

    private static final int FIRST_CAPACITY = 16;

    private long seconds;
    private int nanos;

    /** Hash of the only text of the timestamp; of no meaning once there are two. */
    private long onlyHash;

    /** How often that text occurred; 0 before the first entry. */
    private int onlyCount;

    /** Open addressing; a count of 0 marks a free slot. Null until a timestamp has two different texts. */
    private long[] hashes;

    private int[] counts;

    /** Slots in use; 0 while there is no table. */
    private int used;

    /** True when an entry of another timestamp preceded those of the current one. */
    private boolean reachesBefore;

    /** Counts an entry; returns how many equal ones preceded it. */
    int next(DockerTimestamp stamp, long hash) {
        if (stamp.seconds != seconds || stamp.nanos != nanos || onlyCount == 0) {
            begin(stamp, hash);
            return 0;
        }
        if (used == 0 && hash == onlyHash) {
            return onlyCount++;
        }
        if (used == 0) {
            int none = add(onlyHash, onlyCount);
            assert none == 0;
        }
        return add(hash, 1);
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
        if (used > 0) {
            hashes = null;
            counts = null;
            used = 0;
        }
    }

    private int add(long hash, int more) {
        if (hashes == null) {
            hashes = new long[FIRST_CAPACITY];
            counts = new int[FIRST_CAPACITY];
        } else if (used * 2 >= hashes.length) {
            grow();
        }
        int at = slot(hash);
        if (counts[at] == 0) {
            used++;
            hashes[at] = hash;
        }
        int before = counts[at];
        counts[at] += more;
        return before;
    }

    private void grow() {
        if (used >= MAX_TEXTS) {
            Arrays.fill(counts, 0);
            used = 0;
            return;
        }
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[oldHashes.length * 2];
        counts = new int[oldCounts.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldCounts[i] > 0) {
                int at = slot(oldHashes[i]);
                hashes[at] = oldHashes[i];
                counts[at] = oldCounts[i];
            }
        }
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (counts[at] > 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
