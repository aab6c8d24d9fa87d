package io.dockrelay.protocol.bus.download;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Answers the pulls of one download. The source is read only while a pull waits, so a slow reader also slows down what
 * the source reads from. Owned by one download, on its context; the download calls {@link #end} at the latest when it is
 * closed.
 */
public final class DownloadPulls {

    /** Bytes of a full part; the source is paused when they have arrived. */
    private static final int PART_BYTES = 128 * 1024;

    /** After this time a pull is answered with the bytes that have arrived, even if there are none. */
    private static final Duration LONGEST_PULL = Duration.ofSeconds(5);

    private final DownloadSource source;

    /** Runs while a pull waits for a part. */
    private final Timeout longestPull;

    /** The pull that waits for a part; null while there is none. */
    private Promise<DownloadPart> waiting;

    /** True once nothing more is read. */
    private boolean ended;

    /** Why the download ended before the file did; null otherwise. */
    private String failure;

    /** @param source paused */
    public DownloadPulls(Vertx vertx, DownloadSource source) {
        this.source = source;
        this.longestPull = new Timeout(vertx);
    }

    /** The next part, once it is full or the download has ended. A pull that still waits is answered without bytes. */
    public Future<DownloadPart> pull() {
        if (waiting != null) {
            waiting.complete(DownloadPart.none());
        }
        waiting = Promise.promise();
        Future<DownloadPart> part = waiting.future();
        arrived();
        if (waiting != null) {
            longestPull.start(LONGEST_PULL, this::answer);
            source.resume();
        }
        return part;
    }

    /** The source has more bytes. */
    public void arrived() {
        if (ended) {
            answer();
        } else if (source.size() >= PART_BYTES) {
            source.pause();
            answer();
        }
    }

    /**
     * Nothing more is read: the next part is the last one. Only the first call counts.
     *
     * @param why why this is before the end of the file, as a sentence; null when the file is complete
     */
    public void end(String why) {
        if (!ended) {
            ended = true;
            failure = why;
            answer();
        }
    }

    public boolean hasEnded() {
        return ended;
    }

    private void answer() {
        longestPull.cancel();
        if (waiting != null) {
            Promise<DownloadPart> pull = waiting;
            waiting = null;
            pull.complete(new DownloadPart(source.take(), ended, failure));
        }
    }
}
