package io.dockrelay.controller.logs.search;

import java.util.concurrent.CancellationException;

/**
 * Whether a read was cancelled, for the worker that searches it. The worker looks between two entries and, because a line may
 * take it a second, regularly within the terms as well. Owned by the {@link LineMatcher} of the read; for any thread.
 */
class Cancellation {

    /** Characters or bytes between two looks in a term; a power of two. A large expression takes 20 ms for them. */
    static final int INTERVAL = 1_024;

    private volatile boolean requested;

    void request() {
        requested = true;
    }

    /** @throws CancellationException once it was requested */
    void check() {
        if (requested) {
            throw new CancellationException();
        }
    }

    /** The same at every {@link #INTERVAL}th place. */
    void check(int at) {
        if ((at & (INTERVAL - 1)) == 0) {
            check();
        }
    }
}
