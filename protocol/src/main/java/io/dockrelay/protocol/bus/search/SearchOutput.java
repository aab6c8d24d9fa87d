package io.dockrelay.protocol.bus.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.timers.Timeout;

/**
 * What a search has found and what was not pulled yet. A pull is answered with it, or after a while with the progress alone.
 * Owned by the search, on its context; ends with it.
 */
public final class SearchOutput {

    /** A pull is answered after this time, even when nothing was found. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Supplier<SearchItem.Progress> progress;
    private final Timeout patience;
    private final List<SearchItem.Hit> hits = new ArrayList<>();

    /** Null while the search goes on. */
    private SearchItem.End end;

    /** Why the rest does not arrive; null while nothing is wrong. */
    private Refusal failure;

    /** The pull that waits for a part; null while there is none. */
    private Promise<SearchPart> waiting;

    private long taken;

    public SearchOutput(Vertx vertx, Supplier<SearchItem.Progress> progress) {
        this.patience = new Timeout(vertx);
        this.progress = progress;
    }

    /** The next part, when there is one; a pull that still waits is answered without hits. */
    public Future<SearchPart> pull() {
        if (waiting != null) {
            waiting.tryComplete(SearchPart.none(progress.get()));
        }
        waiting = Promise.promise();
        Future<SearchPart> part = waiting.future();
        patience.start(PATIENCE, this::give);
        giveIfAny();
        return part;
    }

    /** Whether a pull waits for a part. */
    public boolean isAwaited() {
        return waiting != null;
    }

    public void add(List<SearchItem.Hit> found) {
        hits.addAll(found);
        taken += found.size();
        giveIfAny();
    }

    /** Hits that were added. */
    public long taken() {
        return taken;
    }

    /** Hits that were not pulled. */
    public int size() {
        return hits.size();
    }

    public void end(SearchItem.End last) {
        end = last;
        giveIfAny();
    }

    /** Nothing more arrives: the pull after the last hits fails. */
    public void fail(Refusal why) {
        failure = why;
        giveIfAny();
    }

    public void close() {
        patience.cancel();
        if (waiting != null) {
            waiting.tryFail(new Refusal(RefusalKind.BAD_REQUEST, "the search was closed"));
            waiting = null;
        }
    }

    private void giveIfAny() {
        if (waiting != null && (end != null || failure != null || !hits.isEmpty())) {
            give();
        }
    }

    private void give() {
        patience.cancel();
        Promise<SearchPart> pull = waiting;
        waiting = null;
        if (failure != null && hits.isEmpty()) {
            pull.fail(failure);
            return;
        }
        var part = new SearchPart(hits, progress.get(), end);
        hits.clear();
        pull.complete(part);
    }
}
