package io.dockrelay.controller.stats.history;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes histories to their file. A few at a time are copied on the event loop, which takes well under a millisecond, and
 * written by a worker, so that the copies of all are never needed at once. What is measured meanwhile is in the file or not.
 * Saves follow each other. Owned by the verticle, on its context.
 */
final class HistorySaves {

    private static final Logger log = LoggerFactory.getLogger(HistorySaves.class);

    /** Histories that are copied at a time: 100 KB each. */
    private static final int BATCH = 8;

    private final Vertx vertx;
    private final HistoryFile file;
    private final int stepMs;

    /** The latest save; it never fails. */
    private Future<Void> last = Future.succeededFuture();

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
     * Writes the file after the saves before this one; never fails.
     *
     * @param histories as they are when the save begins
     */
    Future<Void> save(Collection<ContainerHistory> histories) {
        last = last.transform(before -> write(List.copyOf(histories)))
                .onSuccess(written -> failed = false)
                .otherwise(this::failed);
        return last;
    }

    private Void failed(Throwable failure) {
        if (!failed) {
            log.warn("the load history cannot be written, trying again later: {}", HistoryFile.why(failure));
        }
        failed = true;
        return null;
    }

    private Future<Void> write(List<ContainerHistory> all) {
        return vertx.executeBlocking(() -> file.write(all.size(), stepMs))
                .compose(writer -> add(writer, all)
                        .compose(added -> blocking(writer::commit))
                        .eventually(() -> blocking(writer::close)));
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
