package io.dockrelay.relay.signin;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.relay.signin.users.FileStamp;

/**
 * The sessions that were ended before their time, until they would have ended anyway. They are in a file as well, so that
 * neither a restart nor another relay with the same folder admits them. On the relay's context; the disk on a worker.
 */
final class SignedOut {

    private static final Logger LOG = LoggerFactory.getLogger(SignedOut.class);

    /** Each needs a sign-in, and these are limited. Beyond it the one with the earliest end is dropped. */
    private static final int MOST = 50_000;

    private final Vertx vertx;
    private final SignedOutFile file;
    private final Map<String, Instant> ends = new HashMap<>();
    /** Of the file as it was last read. */
    private FileStamp stamp = FileStamp.MISSING;
    /** True while the file is read again. */
    private boolean reading;

    /** The file at a moment. */
    private record Loaded(FileStamp stamp, Map<String, Instant> ends) {}

    SignedOut(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.file = new SignedOutFile(folder);
    }

    Future<Void> start() {
        return vertx.executeBlocking(() -> new Loaded(file.stamp(), file.load()))
                .onSuccess(this::loaded)
                .mapEmpty();
    }

    boolean contains(String id) {
        return ends.containsKey(id);
    }

    /**
     * Ends a session, at once; the future completes when it is on disk.
     *
     * @param end when it would have ended anyway
     */
    Future<Void> add(String id, Instant end, Instant now) {
        put(id, end);
        Map<String, Instant> copy = Map.copyOf(ends);
        return vertx.<Void>executeBlocking(() -> {
                    file.save(copy, now);
                    return null;
                })
                .onFailure(failed -> LOG.warn(
                        "[sign-in] {} cannot be written, so a restart admits an ended session again: {}",
                        file.path(),
                        failed.getMessage()));
    }

    /** Takes what another relay has added, and forgets what is over. */
    void refresh(Instant now) {
        ends.values().removeIf(end -> !now.isBefore(end));
        if (reading) {
            return;
        }
        reading = true;
        FileStamp known = stamp;
        vertx.executeBlocking(() -> {
                    FileStamp at = file.stamp();
                    return at.equals(known) ? null : new Loaded(at, file.load());
                })
                .onSuccess(this::loaded)
                .onFailure(unreadable -> LOG.debug("[sign-in] {} cannot be read", file.path(), unreadable))
                .onComplete(either -> reading = false);
    }

    /** @param loaded null if the file is as it was */
    private void loaded(Loaded loaded) {
        if (loaded != null) {
            stamp = loaded.stamp();
            loaded.ends().forEach(this::put);
        }
    }

    private void put(String id, Instant end) {
        if (ends.size() >= MOST && !ends.containsKey(id)) {
            ends.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(ends::remove);
        }
        ends.put(id, end);
    }
}
