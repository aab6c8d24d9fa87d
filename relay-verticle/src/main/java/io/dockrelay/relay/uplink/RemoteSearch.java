package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchLines;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.timers.Timeout;

/**
 * What a controller finds, as it arrives over REST. It is read only while it is pulled. Owned by {@link RemoteSearches}, on the
 * uplink's context; ends with the answer, with its connection, or with {@link #close}.
 */
final class RemoteSearch {

    private static final Logger log = LoggerFactory.getLogger(RemoteSearch.class);

    /** Hits of a part. */
    private static final int MAX_HITS = 256;

    /** A longer line is none of a search. */
    private static final int LONGEST_LINE = 1024 * 1024;

    /** After this time a pull is answered with what has arrived, even if that is nothing. */
    private static final Duration LONGEST_PULL = Duration.ofMillis(500);

    private final HttpClientResponse response;

    /** The hits that were not taken. */
    private final List<SearchItem.Hit> hits = new ArrayList<>();

    private SearchItem.Progress progress = SearchItem.Progress.NONE;

    /** Null until it has arrived. */
    private SearchItem.End end;

    /** Why the rest does not arrive; null while nothing is wrong. */
    private Refusal failure;

    /** The pull that waits for a part; null while there is none. */
    private Promise<SearchPart> waiting;

    /** Runs while a pull waits for a part. */
    private final Timeout longestPull;

    /** @param response paused */
    RemoteSearch(Vertx vertx, HttpClientResponse response) {
        this.longestPull = new Timeout(vertx);
        this.response = response;
        RecordParser lines = RecordParser.newDelimited("\n", this::line);
        lines.maxRecordSize(LONGEST_LINE);
        lines.exceptionHandler(this::lost);
        response.exceptionHandler(this::lost);
        response.endHandler(ended -> fail("the controller ended the search early"));
        response.handler(buffer -> {
            lines.handle(buffer);
            giveIfAny();
        });
    }

    /** The next part; a pull that still waits is answered without hits. */
    Future<SearchPart> pull() {
        if (waiting != null) {
            waiting.tryComplete(SearchPart.none(progress));
        }
        waiting = Promise.promise();
        Future<SearchPart> part = waiting.future();
        longestPull.start(LONGEST_PULL, this::give);
        response.resume();
        giveIfAny();
        return part;
    }

    void close() {
        if (end == null) {
            fail("the search was closed");
            response.request().reset().onFailure(ended -> log.debug("the search has ended already"));
        }
        longestPull.cancel();
    }

    private void line(Buffer line) {
        if (end != null || failure != null) {
            return;
        }
        try {
            switch (SearchLines.read(line.getBytes())) {
                case SearchItem.Hit hit -> hits.add(hit);
                case SearchItem.Progress newer -> progress = newer;
                case SearchItem.End last -> end = last;
                case SearchItem.Unrecognised newer -> log.debug("a line of a later version");
            }
        } catch (UncheckedIOException notJson) {
            fail("the controller's answer cannot be read: " + notJson.getMessage());
            return;
        }
        if (end != null || hits.size() >= MAX_HITS) {
            response.pause();
        }
    }

    private void lost(Throwable cause) {
        fail("the connection to the controller was lost: " + ConnectionFailures.why(cause));
    }

    private void fail(String why) {
        if (end == null && failure == null) {
            failure = new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why);
            giveIfAny();
        }
    }

    private void giveIfAny() {
        if (waiting != null && (end != null || failure != null || !hits.isEmpty())) {
            give();
        }
    }

    private void give() {
        longestPull.cancel();
        Promise<SearchPart> pull = waiting;
        waiting = null;
        if (failure != null && hits.isEmpty()) {
            pull.fail(failure);
            return;
        }
        var part = new SearchPart(hits, progress, end);
        hits.clear();
        pull.complete(part);
    }
}
