package io.dockrelay.controller.logs.rotation;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Suspects that the engine's follower has left out a whole file of the log: it goes on with the newest one when it has
 * read the one before to its end, and if two were begun meanwhile, the lines between are missing without a word. Then
 * so much time lies between two entries of a flood as it takes to write a file. Only the store can tell; to ask it
 * costs a resume, so a suspicion has to be worth that. For one container's tail, over all its streams; knows no clock.
 */
public final class SkippedFileDetector {

    /** Around an entry in the file, beside its text: names, braces, stream and time. */
    private static final int AROUND = 70;

    private static final long NANOS_A_SECOND = 1_000_000_000;

    /** An entry that is so much older than where its stream began shows that the clock was set back. */
    private static final long STEP = 2 * NANOS_A_SECOND;

    /** What was left out may have been written so many times as fast as what came. */
    private static final double FASTER = 2;

    /**
     * Nor may the engine have written faster than this, however slow what came was: bytes a nanosecond, ten times what
     * Docker 20.10 was seen to store of short lines.
     */
    private static final double FASTEST = 0.2;

    /** What a resume is worth at least, and what makes a flood of lines at least: bytes. */
    private static final long SOME = 8 * 1024;

    /** So many asks of the store are paid for by the bytes of one file, unless it is a tiny one. */
    private static final int ASKS_A_FILE = 8;

    /** So many may be made one right after the other. */
    private static final int MOST_ASKS = 4;

    /** A flood brings at least such a part of a file in a tenth of a second. */
    private static final int FLOODS_A_FILE = 128;

    private final long fileBytes;

    /** What one ask costs, in bytes that came. */
    private final long price;

    private final long flood;

    /** As the last moment's lines say, so that a flood's beginning counts. */
    private final Rate moment = new Rate(1_000_000);

    /** As a longer time's lines say. */
    private final Rate lately = new Rate(100_000_000);

    /** Time of the newest entry that came, in nanoseconds; 0 before the first. */
    private long newest;

    /** What is not newer than this was seen in an earlier stream. */
    private long seen;

    /** Where the stream began: time of the cursor's entry; 0 for the log's beginning. */
    private long began;

    /** Whether {@link #suspectsSilence} has not been asked since the newest entry. */
    private boolean news;

    /** Whether there was a flood just before the newest entry, or with it. */
    private boolean flooded;

    /** Bytes that came, and a first credit, less what was spent on asks. */
    private long savings;

    /** The same for asks behind a silence, which otherwise would leave nothing. */
    private long silenceSavings;

    /** @param fileBytes after which the engine begins a new file; 0 when it never does */
    SkippedFileDetector(long fileBytes) {
        this.fileBytes = fileBytes;
        price = Math.max(fileBytes / ASKS_A_FILE, SOME);
        flood = Math.max(fileBytes / FLOODS_A_FILE, SOME);
        savings = (MOST_ASKS - 1) * price;
    }

    /** Whether the engine ever begins a new file. */
    public boolean rotates() {
        return fileBytes > 0;
    }

    /** A stream begins behind an entry of that time; what it brings again was judged before. */
    void newStream(Instant at) {
        began = at == null ? 0 : at.getEpochSecond() * NANOS_A_SECOND + at.getNano();
        seen = newest;
    }

    /** Whether so much came in the tenth of a second before the newest entry that the store may be far ahead. */
    public boolean flooded() {
        return flooded;
    }

    /**
     * Whether the store has to be asked for what would have come, had the engine not stood still: so long after the
     * newest entry nothing followed. It counts as asked then: always behind a flood, else once for its price.
     *
     * @param nanos so long
     */
    public boolean suspectsSilence(long nanos) {
        boolean suspected = news && hides(nanos, FASTEST) && (flooded || silenceSavings >= price);
        if (suspected) {
            news = false;
            silenceSavings = 0;
        }
        return suspected;
    }

    /**
     * The next entry; whether the store has to be asked what stands in front of it. It counts as asked then. What an
     * earlier stream brought had been stored before this one began: the engine leaves nothing out of that, and it is
     * not paid for twice.
     *
     * @param followed whether the engine may have been following when it came to the entry, and not only reading what
     *     had been stored
     */
    boolean suspects(LogEntry entry, boolean followed) {
        long time = entry.position.seconds * NANOS_A_SECOND + entry.position.nanos;
        if (time < began - STEP) {
            began = time;
            newest = time;
            seen = 0;
        }
        if (!rotates() || time <= seen) {
            return false;
        }
        // Both streams' entries come in turn, and not always in the order of their times.
        long passed = newest == 0 ? 0 : Math.max(0, time - newest);
        boolean flooding = lately.bytes >= flood;
        boolean suspected = followed && spentOn(passed, flooding);
        count(entry.to - entry.from + AROUND, passed);
        newest = Math.max(newest, time);
        flooded = flooding || lately.bytes >= flood;
        return suspected;
    }

    private void count(int size, long passed) {
        // The chunks of a long line share a time, and would look like a flood of their own.
        if (passed > 0) {
            moment.add(size, passed);
        }
        lately.add(size, passed);
        savings = Math.min(savings + size, MOST_ASKS * price);
        silenceSavings = Math.min(silenceSavings + size, price);
        news = true;
    }

    /** What is only possible is asked while there is plenty, so that the rest is there when it is likely. */
    private boolean spentOn(long nanos, boolean flooding) {
        double recent = Math.max(moment.bytesANano(), lately.bytesANano());
        boolean likely = savings >= price && flooding && hides(nanos, FASTER * recent);
        boolean possible = savings >= MOST_ASKS * price && hides(nanos, FASTEST);
        boolean spent = likely || possible;
        if (spent) {
            savings -= price;
        }
        return spent;
    }

    /** Whether a whole file may have been written in so many nanoseconds, at so many bytes a nanosecond. */
    private boolean hides(long nanos, double rate) {
        return nanos * rate >= fileBytes;
    }

    /** Bytes a nanosecond over about the last so many nanoseconds. */
    private static final class Rate {

        private final long span;
        private double bytes;

        Rate(long span) {
            this.span = span;
        }

        void add(int more, long passed) {
            bytes = bytes * (span - Math.min(span, passed)) / span + more;
        }

        double bytesANano() {
            return bytes / span;
        }
    }
}
