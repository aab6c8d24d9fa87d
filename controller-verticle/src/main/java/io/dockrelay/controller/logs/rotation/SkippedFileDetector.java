package io.dockrelay.controller.logs.rotation;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Suspects that the engine's follower has left out a whole file of the log. At the end of a file the follower continues
 * with the newest file; when two were started meanwhile, the lines of the first are missing without a sign. Then the time
 * between two entries of a flood is as long as it takes to write a file. Only the store can tell, and each question costs
 * a new stream, so questions are limited: the bytes that arrive pay for them, by two token buckets that count bytes where
 * others count time. For one container's tail, over all its streams; knows no clock.
 */
final class SkippedFileDetector {

    /** Bytes in the file per entry beside its text: names, braces, stream and time. */
    private static final int ENTRY_OVERHEAD = 70;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** An entry that is older than the start of its stream by more than this shows that the clock was set back. */
    private static final long CLOCK_STEP = 2 * NANOS_PER_SECOND;

    /** How much faster than the entries that arrived a missing file may have been written. */
    private static final double FASTER = 2;

    /**
     * The fastest that the engine writes, whatever arrived: bytes per nanosecond. Ten times the rate at which Docker 20.10
     * was seen to store short lines.
     */
    private static final double FASTEST = 0.2;

    /** Questions that the bytes of one file pay for, unless the file is tiny. */
    private static final int ASKS_PER_FILE = 8;

    /** The least bytes that pay for a question: each costs a new stream, however small the file is. */
    private static final long LEAST_PRICE = 4 * 1024;

    /** Questions that may follow each other directly. */
    private static final int MAX_ASKS = 4;

    /**
     * After this time a likely question is asked, whatever the bytes pay: with tiny files on a busy machine every pause is a
     * likely one, and the pause in which a file was left out must not be the one that cannot be paid.
     */
    private static final long REST = NANOS_PER_SECOND / 10;

    /** A fast flood brings at least this part of a file in a tenth of a second. */
    private static final int FLOODS_PER_FILE = 128;

    /** The least bytes of a fast flood. */
    private static final long LEAST_FLOOD = 8 * 1024;

    /**
     * A slow flood brings at least this part of a file in a second. A busy machine writes in bursts with long pauses, too
     * slowly for a fast flood; but where files are small, it fills one in a pause of the follower.
     */
    private static final int SLOW_FLOODS_PER_FILE = 8;

    /** The least bytes of a slow flood: with tiny files, a few lines are none. */
    private static final long LEAST_SLOW_FLOOD = 1024;

    private final long fileBytes;

    /** What one question costs, in bytes that arrived. */
    private final double price;

    /** Bytes in a tenth of a second that make a fast flood. */
    private final long flood;

    /** Bytes in a second that make a slow flood. */
    private final long slowFlood;

    /** Pays for questions about a pause between two entries. */
    private final TokenBucket asks;

    private final SilenceQuestions silences;

    /** Time of the entry about which the last question about a pause was asked. */
    private long askedAt;

    /** Averaged over a millisecond, so that the beginning of a flood counts. */
    private final Rate momentary = new Rate(1_000_000);

    /** Averaged over a tenth of a second. */
    private final Rate recent = new Rate(100_000_000);

    /** Averaged over a second. */
    private final Rate steady = new Rate(NANOS_PER_SECOND);

    /** All bytes that arrived: the clock of the token buckets. */
    private long bytes;

    /** Time of the newest entry that arrived, in nanoseconds since 1970; 0 before the first. */
    private long newest;

    /** Entries that are not newer than this have arrived in an earlier stream. */
    private long seen;

    /** Time of the entry at which the stream starts, in nanoseconds since 1970; 0 for the beginning of the log. */
    private long start;

    /** Whether there was a flood just before the newest entry, or with it. */
    private boolean flooded;

    /** @param fileBytes size at which the engine starts a new file; 0 when it never does */
    SkippedFileDetector(long fileBytes) {
        this.fileBytes = fileBytes;
        price = (double) Math.max(fileBytes / ASKS_PER_FILE, LEAST_PRICE);
        flood = Math.max(fileBytes / FLOODS_PER_FILE, LEAST_FLOOD);
        slowFlood = Math.max(fileBytes / SLOW_FLOODS_PER_FILE, LEAST_SLOW_FLOOD);
        asks = new TokenBucket(MAX_ASKS * price, 1, 0);
        asks.take(price, 0);
        silences = new SilenceQuestions(price);
    }

    /** Whether the engine ever starts a new file. */
    boolean rotates() {
        return fileBytes > 0;
    }

    /**
     * A stream starts after the entry of that time, perhaps from a larger window than before. Entries that arrive a second
     * time were judged before.
     *
     * @param at null for the beginning of the log
     */
    void newStream(Instant at) {
        start = at == null ? 0 : at.getEpochSecond() * NANOS_PER_SECOND + at.getNano();
        seen = newest;
    }

    /** A further stream is opened; it may start more than once. */
    void openStream() {
        silences.openStream();
    }

    /** Whether a flood arrived right before the newest entry, so that the store may be far ahead. */
    boolean flooded() {
        return flooded;
    }

    /**
     * Whether the follower may stand still, so that the store has to be asked what follows the newest entry: see {@link
     * SilenceQuestions}. The answer true counts as asked.
     *
     * @param nanos how long nothing has arrived
     */
    boolean suspectsSilence(long nanos) {
        return fitsFile(nanos, FASTEST) && silences.ask(nanos, bytes, flooded);
    }

    /**
     * Counts the next entry, and judges whether the store has to be asked what precedes it. The answer true counts as
     * asked. What an earlier stream brought was in the store before this stream started: the engine leaves none of it out,
     * and it pays for nothing a second time.
     *
     * @param followed whether the engine may have followed the log when it came to this entry; false when it only read
     *     what was stored
     */
    boolean suspects(LogEntry entry, boolean followed) {
        long time = entry.position.seconds * NANOS_PER_SECOND + entry.position.nanos;
        if (time < start - CLOCK_STEP) {
            start = time;
            newest = time;
            seen = 0;
            askedAt = 0;
        }
        if (!rotates() || time <= seen) {
            return false;
        }
        // Entries of stdout and stderr arrive in turn, and not always in the order of their times.
        long passed = newest == 0 ? 0 : Math.max(0, time - newest);
        boolean flooding = isFlooding();
        boolean suspected = followed && pays(time, passed, flooding);
        count(entry.to - entry.from + ENTRY_OVERHEAD, passed);
        newest = Math.max(newest, time);
        flooded = flooding || isFlooding();
        return suspected;
    }

    private boolean isFlooding() {
        return recent.bytes >= flood || steady.bytes >= slowFlood;
    }

    private void count(int size, long passed) {
        // The chunks of a long line share a time, and would look like a flood of their own.
        if (passed > 0) {
            momentary.add(size, passed);
        }
        recent.add(size, passed);
        steady.add(size, passed);
        bytes += size;
        silences.arrived();
    }

    /** A question that is only possible is asked from a full bucket, so that the rest is left for a likely one. */
    private boolean pays(long time, long nanos, boolean flooding) {
        double rate = Math.max(momentary.bytesPerNano(), recent.bytesPerNano());
        double saved = asks.available(bytes);
        boolean affordable = saved >= price || time - askedAt >= REST;
        boolean likely = affordable && flooding && fitsFile(nanos, FASTER * rate);
        boolean possible = saved >= MAX_ASKS * price && fitsFile(nanos, FASTEST);
        boolean asked = likely || possible;
        if (asked) {
            asks.take(price, bytes);
            askedAt = time;
        }
        return asked;
    }

    /** Whether a whole file may have been written in {@code nanos}, at {@code rate} bytes per nanosecond. */
    private boolean fitsFile(long nanos, double rate) {
        return nanos * rate >= fileBytes;
    }

    /** Bytes per nanosecond, averaged over roughly {@code span} nanoseconds. */
    private static final class Rate {

        private final long span;
        private double bytes;

        Rate(long span) {
            this.span = span;
        }

        void add(int more, long passed) {
            bytes = bytes * (span - Math.min(span, passed)) / span + more;
        }

        double bytesPerNano() {
            return bytes / span;
        }
    }
}
