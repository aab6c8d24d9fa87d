package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.SearchOutput;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchLines;
import io.dockrelay.protocol.search.SearchPart;

/**
 * What a controller finds, as it arrives over REST. It is read only while it is pulled. Owned by {@link RemoteSearches}, on the
 * uplink's context; ends with the answer, with its connection, or with {@link #close}.
 */
final class RemoteSearch {

    private static final Logger log = LoggerFactory.getLogger(RemoteSearch.class);

    /** With this many hits that were not pulled, the response is paused. */
    private static final int MAX_HITS = 256;

    /** A longer line is none of a search. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private final HttpClientResponse response;
    private final SearchOutput output;

    /** The hits of the bytes that arrive now. */
    private final List<SearchItem.Hit> hits = new ArrayList<>();

    private SearchItem.Progress progress = SearchItem.Progress.NONE;

    /** True once nothing more is read. */
    private boolean over;

    /** @param response paused */
    RemoteSearch(Vertx vertx, HttpClientResponse response) {
        this.output = new SearchOutput(vertx, () -> progress);
        this.response = response;
        RecordParser lines = RecordParser.newDelimited("\n", this::line);
        lines.maxRecordSize(LONGEST_LINE);
        lines.exceptionHandler(this::lost);
        response.exceptionHandler(this::lost);
        response.endHandler(ended -> fail("the controller ended the search early"));
        response.handler(buffer -> {
            lines.handle(buffer);
            passHits();
        });
    }

    /** The next part; a pull that still waits is answered without hits. */
    Future<SearchPart> pull() {
        response.resume();
        return output.pull();
    }

    void close() {
        if (!over) {
            fail("the search was closed");
            response.request().reset().onFailure(ended -> log.debug("the search has ended already"));
        }
        output.close();
    }

    private void line(Buffer line) {
        if (over) {
            return;
        }
        try {
            switch (SearchLines.read(line.getBytes())) {
                case SearchItem.Hit hit -> hits.add(hit);
                case SearchItem.Progress newer -> progress = newer;
                case SearchItem.End last -> end(last);
                case SearchItem.Unrecognised newer -> log.debug("a line of a later version");
            }
        } catch (UncheckedIOException notJson) {
            fail("the controller's answer cannot be read: " + notJson.getMessage());
        }
    }

    private void passHits() {
        if (!hits.isEmpty()) {
            output.add(hits);
            hits.clear();
        }
        if (output.size() >= MAX_HITS) {
            response.pause();
        }
    }

    private void end(SearchItem.End last) {
        over = true;
        passHits();
        output.end(last);
    }

    private void lost(Throwable cause) {
        fail("the connection to the controller was lost: " + ConnectionFailures.why(cause));
    }

    private void fail(String why) {
        if (!over) {
            over = true;
            passHits();
            output.fail(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
    }
}
