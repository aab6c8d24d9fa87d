package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.timers.Timeout;

/**
 * Decides when to scan the engine. One scan runs at a time; requests during a scan share the next one. A hint after a quiet
 * moment starts a scan at once; hints right after a scan are collected, so that scans take at most half of the time. Owned by
 * the watcher, on its context; scans never fail, and {@link #stop} ends it.
 */
final class ScanScheduler {

    private final Supplier<Future<Void>> scan;

    private boolean scanning;

    /** The scan after the running one; null when nothing has asked for it. */
    private Promise<Void> next;

    /** Runs while a hint waits. */
    private final Timeout hinted;

    /** Duration of the last scan. */
    private long tookNanos;

    /** End of the last scan, by the nanosecond clock. */
    private long endedAt = System.nanoTime();

    private boolean stopped;

    ScanScheduler(Vertx vertx, Supplier<Future<Void>> scan) {
        this.hinted = new Timeout(vertx);
        this.scan = scan;
    }

    /** A scan that starts after this call; completes when it has ended, successfully or not. */
    Future<Void> fresh() {
        if (stopped) {
            return Future.succeededFuture();
        }
        if (next == null) {
            next = Promise.promise();
        }
        Future<Void> end = next.future();
        if (!scanning) {
            start();
        }
        return end;
    }

    /** Called at a steady interval; does nothing while a scan is running. */
    void tick() {
        if (!scanning) {
            start();
        }
    }

    /** Something seems to have changed. One action leads to several events: kill, die, stop. */
    void hint() {
        if (hinted.isRunning() || stopped) {
            return;
        }
        long pause = scanning ? tookNanos : endedAt + tookNanos - System.nanoTime();
        if (!scanning && pause <= 0) {
            start();
        } else {
            hinted.start(Duration.ofNanos(pause), () -> {
                var unused = fresh(); // The result arrives on the bus.
            });
        }
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        hinted.cancel();
        if (next != null) {
            next.tryComplete();
        }
    }

    private void start() {
        if (stopped) {
            return;
        }
        Promise<Void> requested = next;
        next = null;
        scanning = true;
        long startedAt = System.nanoTime();
        scan.get().onComplete(ended -> {
            scanning = false;
            endedAt = System.nanoTime();
            tookNanos = endedAt - startedAt;
            if (requested != null) {
                requested.tryComplete();
            }
            if (next != null) {
                start();
            }
        });
    }
}
