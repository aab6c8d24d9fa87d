package io.dockrelay.e2e.oracle;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The single thread of all browsers' timers. Ends with {@link #close()}, which drops the tasks that are not due yet.
 */
final class Timers implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    void after(long millis, Runnable action) {
        try {
            began(thread.schedule(action, millis, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closed) {
            return;
        }
    }

    void everySecond(Runnable action) {
        began(thread.scheduleAtFixedRate(action, 1, 1, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Uses the future of a timer that is never cancelled on its own; the browser handles the action's failures. */
    private static void began(Future<?> timer) {
        if (timer.isCancelled()) {
            throw new IllegalStateException("a timer was cancelled before it started");
        }
    }
}
