package io.dockrelay.controller.logs.search;

import java.util.List;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.store.LostEntries;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.LogQuery;

/**
 * Searches a read slice by slice, over all requests that the read takes. Used by one thread at a time: by the worker that
 * searches a slice, and between two slices by the {@link SearchRead}, on its context.
 */
final class SliceSearch {

    /** What the search of a slice has shown. */
    enum Step {
        /** The search goes on. */
        MORE,
        /** Nothing more comes from the current request, but another one may continue the read. */
        REQUEST_ENDED,
        /** The engine has ended the log. */
        LOG_ENDED,
        /** The scan needs no more. */
        SCAN_DONE
    }

    private final ZoneScan scan;
    private final boolean terminal;
    private final EntryReader reader;

    /** What continues the read after a report; null when nothing does. A tail that meets damage is not used. */
    private LostEntries lost;

    /** Of the current request. */
    private EntryDecoder decoder;

    /** The first report of the engine; null while there is none. */
    private String report;

    SliceSearch(StoreReader store, String containerId, LogQuery query, ZoneScan scan) {
        this.scan = scan;
        terminal = query.tty();
        boolean fromStart = query.tail() == null;
        reader = new EntryReader(fromStart, scan);
        lost = fromStart ? store.lostEntries(containerId, reader, query) : null;
    }

    /** The engine answers a request: its bytes come next. */
    void begin() {
        decoder = EntryDecoderFactory.create(terminal, reader);
    }

    /** @param last whether the engine has ended its answer with this slice */
    Step search(List<Buffer> slice, boolean last) {
        for (Buffer buffer : slice) {
            if (scan.done() || reader.report() != null) {
                break;
            }
            decoder.feed(buffer);
        }
        if (scan.done()) {
            scan.end();
            return Step.SCAN_DONE;
        }
        if (last) {
            decoder.end();
        }
        boolean reported = reader.report() != null;
        report = report == null ? reader.report() : report;
        if (lost != null && (reported || (last && lost.isPart()))) {
            return Step.REQUEST_ENDED;
        }
        if (last || reported) {
            scan.end();
            return Step.LOG_ENDED;
        }
        return Step.MORE;
    }

    /** What continues the read, after {@link Step#REQUEST_ENDED}. */
    LostEntries lost() {
        return lost;
    }

    /** Nothing continues the read: one more slice, which is empty, ends it. */
    void endsHere() {
        lost = null;
    }

    /** The engine's sentence why it cannot read the log any further; null when it has not reported that. */
    String report() {
        return report;
    }
}
