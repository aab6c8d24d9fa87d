package io.dockrelay.listener.search;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.ReadPause;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.SearchSource;
import io.dockrelay.protocol.search.PullSearch;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchLines;
import io.dockrelay.protocol.search.SearchPart;

/**
 * Sends what one search finds to one client. Pulls the next part when the client has taken the previous one. On the response's
 * context; ends with the search, with the client, or when the client has read nothing for {@link #LONGEST_PAUSE}.
 */
final class SearchTransfer implements ReadPause.Events {

    private static final Logger log = LoggerFactory.getLogger(SearchTransfer.class);

    /** How long a client may read nothing: a search uses the engine meanwhile. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final SearchSource search;
    private final HttpServerResponse response;
    private final Promise<Void> ended = Promise.promise();

    private final ReadPause pause;

    private SearchItem.Progress progress = SearchItem.Progress.NONE;

    SearchTransfer(Vertx vertx, SearchSource search, HttpServerResponse response) {
        this.search = search;
        this.response = response;
        this.pause = new ReadPause(vertx, response, PullSearch.RENEW_EVERY, LONGEST_PAUSE, this);
    }

    /** Completes when the search has ended. */
    Future<Void> run() {
        response.setStatusCode(200)
                .putHeader("Content-Type", SearchLines.CONTENT_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        response.exceptionHandler(gone -> abandon());
        response.closeHandler(gone -> abandon());
        pull();
        return ended.future();
    }

    private void pull() {
        search.pull().onComplete(this::take, failure -> take(failed(failure)));
    }

    private void take(SearchPart part) {
        if (isOver()) {
            return;
        }
        progress = part.progress();
        Future<Void> written = response.write(Buffer.buffer(SearchLines.write(part)));
        written.onFailure(gone -> log.debug("the client of a search disconnected"));
        if (part.end() != null) {
            finish();
            response.end().onFailure(gone -> log.debug("the client of a search disconnected before its end"));
        } else if (response.writeQueueFull()) {
            pause.begin();
        } else {
            pull();
        }
    }

    /** The search is lost: its end says why. */
    private SearchPart failed(Throwable failure) {
        RefusalKind kind = failure instanceof Refusal refusal ? refusal.kind() : RefusalKind.INTERNAL;
        var reason = new SearchFailure(null, null, kind.httpStatus(), failure.getMessage());
        var end = new SearchItem.End(false, progress.lines(), progress.bytes(), progress.hits(), null, List.of(reason));
        return new SearchPart(List.of(), progress, end);
    }

    @Override
    public void resumed() {
        pull();
    }

    @Override
    public void renew() {
        search.renew();
    }

    @Override
    public void tooLong() {
        log.info("search aborted: the client has read nothing for {}", LONGEST_PAUSE);
        abandon();
        response.reset().onFailure(gone -> log.debug("the client of a search disconnected"));
    }

    private void abandon() {
        if (!isOver()) {
            finish();
            search.close();
        }
    }

    private void finish() {
        pause.end();
        ended.complete();
    }

    private boolean isOver() {
        return ended.future().isComplete();
    }
}
