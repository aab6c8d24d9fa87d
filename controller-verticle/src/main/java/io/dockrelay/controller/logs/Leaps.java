package io.dockrelay.controller.logs;

/**
 * Suspects that the engine's follower has left out a whole file of the log: it goes on with the newest one when it has
 * read the one before to its end, and if two were begun meanwhile, the lines between are missing without a word. Then
 * so much time lies between two entries of a flood as it takes to write a file. Only the store can tell; to ask it
 * costs a resume, so a suspicion has to be worth that. For one container's tail, over all its streams; knows no clock.
 */
final class Leaps {

    /** Around an entry in the file, beside its text: names, braces, stream and time. */
    private static final int AROUND = 70;

    private static final long NANOS_A_SECOND = 1_000_000_000;

    /** What was left out may have been written so many times as fast as what came. */
    private static final double FASTER = 2;

    /**
     * Nor may the engine have written faster than this, however slow what came was: bytes a nanosecond, ten times what
     * Docker 20.10 was seen to store of short lines.
     */
    private static final double FASTEST = 0.2;

    /** So many asks of the store are paid for by the bytes of one file. */
    private static final int ASKS_A_FILE = 8;

    /** So many may be made one right after the other. */
    private static final int MOST_ASKS = 4;

    private final long fileBytes;

    /** What one ask costs, in bytes that came. */
    private final long price;

    /** As the last moment's lines say, so that a flood's beginning counts. */
    private final Rate moment = new Rate(1_000_000);

    /** As a longer time's lines say. */
    private final Rate lately = new Rate(100_000_000);

    /** Of the stream's newest entry, in nanoseconds; of no meaning before the first. */
    private long newest;

    private boolean begun;

    /** Bytes that came and were not spent on asks. */
    private long savings;

    /** @param fileBytes after which the engine begins a new file; 0 when it never does */
    Leaps(long fileBytes) {
        this.fileBytes = fileBytes;
        price = fileBytes / ASKS_A_FILE;
        savings = (MOST_ASKS - 1) * price;
    }

    /** Whether it holds for such files. */
    boolean of(long bytes) {
        return fileBytes == bytes;
    }

    /** Whether the engine ever begins a new file. */
    boolean rotates() {
        return fileBytes > 0;
    }

    /** What comes next was found in the store behind the last certain entry: there is nothing between the two. */
    void newStream() {
        begun = false;
    }

    /**
     * Whether the store has to be asked for what would have come, had nothing been left out: so long after the newest
     * entry nothing followed. It counts as asked then.
     *
     * @param nanos so long
     */
    boolean suspectsSilence(long nanos) {
        return begun && spentOn(nanos);
    }

    /**
     * The next entry; whether the store has to be asked what stands in front of it. It counts as asked then.
     *
     * @param followed whether the engine may have been following when it came to the entry; it leaves nothing out of
     *     what had been stored before
     */
    boolean suspects(Entry entry, boolean followed) {
        if (!rotates()) {
            return false;
        }
        long time = entry.position.seconds * NANOS_A_SECOND + entry.position.nanos;
        // Both streams' entries come in turn, and not always in the order of their times.
        long passed = begun ? Math.max(0, time - newest) : 0;
        boolean suspected = followed && spentOn(passed);
        int size = entry.to - entry.from + AROUND;
        moment.add(size, passed);
        lately.add(size, passed);
        savings = Math.min(savings + size, MOST_ASKS * price);
        newest = begun ? Math.max(newest, time) : time;
        begun = true;
        return suspected;
    }

    /** What is only possible is asked while there is plenty, so that the rest is there when it is likely. */
    private boolean spentOn(long nanos) {
        double recent = Math.max(moment.bytesANano(), lately.bytesANano());
        boolean likely = savings >= price && hides(nanos, FASTER * recent);
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
