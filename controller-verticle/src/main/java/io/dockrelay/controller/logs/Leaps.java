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

    /** The store is asked once in this part of a file at most. */
    private static final int WORTH = 8;

    private final long fileBytes;

    /** As the last moment's lines say, so that a flood's beginning counts. */
    private final Rate moment = new Rate(10_000_000);

    /** As a longer time's lines say. */
    private final Rate lately = new Rate(100_000_000);

    /** Of the stream's newest entry, in nanoseconds; of no meaning before the first. */
    private long newest;

    private boolean begun;

    /** Bytes since the store was asked. */
    private long unasked;

    /** @param fileBytes after which the engine begins a new file; 0 when it never does */
    Leaps(long fileBytes) {
        this.fileBytes = fileBytes;
    }

    /** Whether it holds for such files. */
    boolean of(long bytes) {
        return fileBytes == bytes;
    }

    /** What comes next was found in the store behind the last certain entry: there is nothing between the two. */
    void newStream() {
        begun = false;
    }

    /** Whether so much came since the store was asked that files may have been begun unseen. */
    boolean worthAsking() {
        return fileBytes > 0 && unasked >= fileBytes / WORTH;
    }

    /** The store is asked now. */
    void asked() {
        unasked = 0;
    }

    /** The next entry; whether the store has to be asked what stands in front of it. */
    boolean suspects(Entry entry) {
        if (fileBytes == 0) {
            return false;
        }
        long time = entry.position.seconds * NANOS_A_SECOND + entry.position.nanos;
        // Both streams' entries come in turn, and not always in the order of their times.
        long passed = begun ? Math.max(0, time - newest) : 0;
        boolean suspected = worthAsking() && couldHide(passed);
        int size = entry.to - entry.from + AROUND;
        moment.add(size, passed);
        lately.add(size, passed);
        unasked = suspected ? 0 : unasked + size;
        newest = begun ? Math.max(newest, time) : time;
        begun = true;
        return suspected;
    }

    /** Whether a whole file may have been written in so many nanoseconds. */
    private boolean couldHide(long passed) {
        return passed * FASTER * Math.max(moment.bytesANano(), lately.bytesANano()) >= fileBytes;
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
