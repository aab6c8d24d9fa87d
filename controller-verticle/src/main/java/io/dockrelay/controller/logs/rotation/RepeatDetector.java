package io.dockrelay.controller.logs.rotation;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Entries that came behind newer ones of their stream. The engine's follower may have begun to repeat itself, and then
 * the store has no such thing; or the engine's clock was set back between the two, and then they stand there so. The
 * store is asked, a few times in a row about the same entry, and then it is believed. For one container's tail, over all
 * its streams.
 */
final class RepeatDetector {

    private static final int MOST_ASKS = 3;

    /** The one that the store was asked about last. */
    private final EntryPosition last = new EntryPosition();

    private int asked;

    /** Whether the store had a long line with equal chunks: there may be many such lines, and to ask is dear. */
    private boolean chunksMayBeEqual;

    /** Whether the store has to be asked about this one; it counts as asked then. */
    boolean suspects(LogEntry entry) {
        boolean same = entry.position.sameTime(last) && entry.position.stream == last.stream;
        asked = same ? asked + 1 : 1;
        last.copyFrom(entry.position);
        return asked <= MOST_ASKS;
    }

    /** The same for a chunk of a long line that is equal to one before it; once the store is believed, for good. */
    boolean suspectsChunk(LogEntry entry) {
        if (chunksMayBeEqual) {
            return false;
        }
        chunksMayBeEqual = !suspects(entry);
        return !chunksMayBeEqual;
    }
}
