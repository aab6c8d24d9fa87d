package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

/**
 * Counts equal entries of one stream: those of the same timestamp whose text has the same hash. Only chunks of long
 * lines share a timestamp as a rule, so nothing is kept for an ordinary line but its own hash.
 */
final class DuplicateCounter {

    /** So many different chunks of one timestamp are told apart (1 GiB of text); then counting begins anew. */
    private static final int MOST = 65_536;

    private long seconds;
    private int nanos;
    private long onlyHash;
    private int onlyCount;

    /** Open addressing; a count of 0 marks a free place. Null until a timestamp has two different texts. */
    private long[] hashes;

    private int[] counts;
    private int used;

    /** True if an entry of another timestamp came before those of the present one. */
    private boolean reachesBefore;

    /** How many entries equal to this one came before it; it counts from now on. */
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

    /** Whether all entries of this timestamp, which is that of the next one, were or will be counted. */
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
            hashes = new long[16];
            counts = new int[16];
        } else if (used * 2 >= hashes.length) {
            grow();
        }
        int at = place(hash);
        if (counts[at] == 0) {
            used++;
            hashes[at] = hash;
        }
        int before = counts[at];
        counts[at] += more;
        return before;
    }

    private void grow() {
        if (used >= MOST) {
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
                int at = place(oldHashes[i]);
                hashes[at] = oldHashes[i];
                counts[at] = oldCounts[i];
            }
        }
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (counts[at] > 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
