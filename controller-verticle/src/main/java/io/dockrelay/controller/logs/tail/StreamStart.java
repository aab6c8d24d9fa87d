package io.dockrelay.controller.logs.tail;

import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Where a stream starts.
 *
 * @param guard of the container's log, over all its streams
 * @param cursor the last entry that was read; null for the beginning of the log
 * @param reach what is known about the way from the end of the store back to the cursor
 */
record StreamStart(LoggedContainer container, RotationGuard guard, Cursor cursor, Reach reach) {

    /**
     * @param window about how many of the store's newest entries reach back to the cursor; 0 when unknown
     * @param stored how many entries after the cursor are certain to be in the store already; 0 when unknown
     */
    record Reach(long window, long stored) {

        static final Reach UNKNOWN = new Reach(0, 0);
    }
}
