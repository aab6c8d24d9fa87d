package io.dockrelay.controller.logs.rotation;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Judges entries that arrive after newer ones of their stream. Either the engine's follower sends entries again, and the
 * store holds them once; or the engine's clock was set back, and the store holds them in this order. The store is asked up
 * to three times in a row about the same entry; after that the entry is accepted. For one container's tail, over all its
 * streams.
 */
final class RepeatDetector {

    private static final int MAX_ASKS = 3;

    /** The entry that the store was asked about last. */
    private final EntryPosition last = new EntryPosition();

    /** How often the store was asked about it in a row. */
    private int asked;

    /**
     * True once the store has confirmed a long line with equal chunks. There may be many such lines, and each check is
     * expensive, so chunks are not suspected any more.
     */
    private boolean chunksMayBeEqual;

    /** Whether the store has to be asked about this entry. The answer true counts as asked. */
    boolean suspects(LogEntry entry) {
        boolean same = entry.position.sameTime(last) && entry.position.stream == last.stream;
        asked = same ? asked + 1 : 1;
        last.copyFrom(entry.position);
        return asked <= MAX_ASKS;
    }

    /** The same for a chunk of a long line that is equal to an earlier chunk. Once accepted, all such chunks are. */
    boolean suspectsChunk(LogEntry entry) {
        if (chunksMayBeEqual) {
            return false;
        }
        chunksMayBeEqual = !suspects(entry);
        return !chunksMayBeEqual;
    }
}
