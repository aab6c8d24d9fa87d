package io.dockrelay.controller.stats.history;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes histories to their file. A few at a time are copied on the event loop, which takes well under a millisecond, and
 * written by a worker, so that the copies of all are never needed at once. What is measured meanwhile is in the file or not.
 * Saves follow each other: one is written, and at most one waits for it, also while the disk does not answer. Owned by the
 * verticle, on its context.
 */
final class HistorySaves {

    private static final Logger log = LoggerFactory.getLogger(HistorySaves.class);

    /** Histories that are copied at a time: 100 KB each. */
    private static final int BATCH = 8;

    private final Vertx vertx;
    private final HistoryFile file;
    private final int stepMs;

    /** The latest save, which may wait for the one before; it never fails. */
    private Future<Void> last = Future.succeededFuture();

    /** What the save that waits will write; null when none waits. */
    private Collection<ContainerHistory> next;

    /** Whether the last attempt has failed. */
    private boolean failed;

    /** Work for a worker. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    HistorySaves(Vertx vertx, HistoryFile file, int stepMs) {
        this.vertx = vertx;
        this.file = file;
        this.stepMs = stepMs;
    }

    /**
     * Writes the file after the save in progress, in place of the one that waits for it; never fails.
     *
     * @param histories as they are when the save begins
     */
    Future<Void> save(Collection<ContainerHistory> histories) {
        boolean oneWaits = next != null;
        next = histories;
        if (!oneWaits) {
            last = last.transform(before -> write())
                    .onSuccess(written -> failed = false)
                    .otherwise(this::failed);
        }
        return last;
    }

    /** The same, but ends at the latest after this time, which is logged; never fails. */
    Future<Void> saveWithin(Duration limit, Collection<ContainerHistory> histories) {
        return save(histories).timeout(limit.toMillis(), TimeUnit.MILLISECONDS).otherwise(late -> {
            log.warn(
                    "the load history was not written within {} s: the disk of dataFolder does not answer",
                    limit.toSeconds());
            return null;
        });
    }

    private Void failed(Throwable failure) {
        if (!failed) {
            log.warn("the load history cannot be written, trying again later: {}", HistoryFile.why(failure));
        }
        failed = true;
        return null;
    }

    private Future<Void> write() {
        List<ContainerHistory> all = List.copyOf(next);
        next = null;
        return vertx.executeBlocking(() -> file.write(all.size(), stepMs)).compose(writer -> write(writer, all));
    }

    /** By compose, so that the writer is closed after an exception as well. */
    private Future<Void> write(HistoryWriter writer, List<ContainerHistory> all) {
        return Future.succeededFuture(all)
                .compose(rest -> add(writer, rest))
                .compose(added -> blocking(writer::commit))
                .eventually(() -> blocking(writer::close));
    }

    private Future<Void> add(HistoryWriter writer, List<ContainerHistory> rest) {
        if (rest.isEmpty()) {
            return Future.succeededFuture();
        }
        int count = Math.min(BATCH, rest.size());
        List<byte[]> batch =
                rest.subList(0, count).stream().map(HistoryFormat::encode).toList();
        return blocking(() -> writer.add(batch)).compose(added -> add(writer, rest.subList(count, rest.size())));
    }

    private Future<Void> blocking(Work work) {
        return vertx.executeBlocking(() -> {
            work.run();
            return null;
        });
    }
}
