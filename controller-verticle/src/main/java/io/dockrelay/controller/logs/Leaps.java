package io.dockrelay.controller.logs;

/**
 * Suspects that the engine's follower has left out a whole file of the log: it goes on with the newest one when it has
 * read the one before to its end, and if two were begun meanwhile, the lines between are missing without a word. Then
 * so much time lies between two entries of a flood as it takes to write a file. Only the store can tell; to ask it
 * costs a resume, so a suspicion has to be worth that. For one container's tail, over all its streams; knows no clock.
 */
final class Leaps {

    /** The engine writes no file faster than this many nanoseconds a byte. */
    private static final long NANOS_A_BYTE = 10;

    /** Around an entry in the file, beside its text: names, braces, stream and time. */
    private static final int AROUND = 70;

    private static final long NANOS_A_SECOND = 1_000_000_000;

    /** What came longer before than this is no part of a flood. */
    private static final long RECENT = 100_000_000;

    /** This part of a file in a moment is a flood. */
    private static final int FLOOD = 64;

    private final long fileBytes;

    /** Of the entry before, in nanoseconds; of no meaning before the first. */
    private long newest;

    private boolean begun;

    /** Bytes of the last moments before the newest entry. */
    private long recent;

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

    /** The next entry; whether the store has to be asked what stands in front of it. */
    boolean suspects(Entry entry) {
        if (fileBytes == 0) {
            return false;
        }
        long time = entry.position.seconds * NANOS_A_SECOND + entry.position.nanos;
        long passed = begun ? time - newest : 0;
        boolean suspected =
                passed >= fileBytes * NANOS_A_BYTE && recent >= fileBytes / FLOOD && unasked >= fileBytes / 2;
        int size = entry.to - entry.from + AROUND;
        // Both streams' entries come in turn, and not always in the order of their times.
        long forgotten = Math.min(RECENT, Math.max(0, passed));
        recent = recent - recent * forgotten / RECENT + size;
        unasked = suspected ? 0 : unasked + size;
        newest = begun ? Math.max(newest, time) : time;
        begun = true;
        return suspected;
    }
}
