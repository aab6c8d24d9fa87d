package io.dockrelay.controller.logs.tail;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.rotation.RotationCheck;
import io.dockrelay.protocol.logs.Cursor;

/**
 * The stages from the bytes of one engine stream to lines in batches. Each stage is called by the one before and calls the
 * next; the objects that travel are reused, so nothing is allocated per line.
 *
 * <pre>
 * bytes, cut anywhere
 *   -> EntryDecoder       cuts out entries
 *   -> EntryReader        adds timestamp and position
 *   -> ResumeFilter       skips the entries up to the cursor
 *   -> RotationCheck      stops at an entry that may not be the next one
 *   -> LineJoiner         joins the chunks of long lines
 *   -> RestartMarker      inserts the mark of a new run before its first line
 *   -> OutgoingBatches    escapes the lines into batches
 * </pre>
 *
 * <p>The last two belong to the tail and outlive the stream.
 */
final class LinePipeline {

    private final EntryReader reader;
    private final EntryDecoder decoder;
    private final ResumeFilter filter;
    private final RotationCheck check;

    LinePipeline(StreamStart start, WindowSearch.Window window, RestartMarker marker) {
        boolean terminal = start.container().terminal();
        Cursor cursor = start.cursor();
        // From the last stage to the first, because each takes the next one as an argument.
        var joiner = new LineJoiner(terminal, marker);
        check = start.guard().newStream(cursor, window.stored(), joiner);
        filter = new ResumeFilter(cursor, window, joiner, check);
        reader = new EntryReader(cursor == null, filter);
        decoder = EntryDecoderFactory.create(terminal, reader);
    }

    void feed(Buffer bytes) {
        decoder.feed(bytes);
    }

    /** The engine has ended the log: passes on what waits for more. */
    void end() {
        decoder.end();
        if (!check.isDoubtful()) {
            filter.end();
        }
    }

    /** Whether the cursor was not passed yet. */
    boolean isSearching() {
        return filter.state() == ResumeFilter.State.SEARCHING;
    }

    /** Whether the cursor was passed, so that lines come out. */
    boolean isLive() {
        return filter.state() == ResumeFilter.State.FOUND;
    }

    /** Whether the cursor is not in this stream. */
    boolean hasMissed() {
        return filter.state() == ResumeFilter.State.MISSED;
    }

    /** Whether it is not in this stream because an entry that is clearly newer came before it. */
    boolean passedTime() {
        return filter.passedTime();
    }

    /** Whether the engine has reported that it cannot read the log any further. */
    boolean isUnreadable() {
        return reader.report() != null;
    }

    /** Whether the line after the last one has to be read from the store. */
    boolean isDoubtful() {
        return check.isDoubtful();
    }
}
