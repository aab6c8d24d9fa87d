package io.dockrelay.relay.channel.catchup;

import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;

/**
 * Reads the newest lines up to and with a position, in as many pages as the controller makes of them. Made for one
 * backlog, on the channel's context.
 */
final class BacklogRead {

    /** What a snapshot needs beside its lines and their stream letters: names, cursor, field names. */
    private static final int HEAD = 2048;

    /** Lines that a controller gives at once. */
    private static final int PAGE_LINES = 5_000;

    private final Function<ReadLogs, Future<LogPage>> pages;
    private final String container;
    private final String position;
    private final int wanted;
    private final int mostBytes;

    BacklogRead(
            Function<ReadLogs, Future<LogPage>> pages, String container, String position, int wanted, int mostBytes) {
        this.pages = pages;
        this.container = container;
        this.position = position;
        this.wanted = wanted;
        this.mostBytes = mostBytes - wanted - HEAD;
    }

    /** The backlog; null when the position is no longer in the store. */
    Future<LogSnapshot> read() {
        return page(Anchor.THROUGH, position, wanted)
                .compose(page -> page.anchored() ? newest(page) : Future.succeededFuture());
    }

    private Future<LogSnapshot> newest(LogPage page) {
        int fits = page.lines().newest(mostBytes).count();
        return fits < page.lines().count()
                ? page(Anchor.THROUGH, position, fits).map(less -> backlog(less, less.lines()))
                : older(page, page.lines());
    }

    private Future<LogSnapshot> older(LogPage page, LineBlock lines) {
        int missing = wanted - lines.count();
        boolean ended = missing <= 0 || !page.moreBefore() || page.lines().isEmpty() || page.first() == null;
        if (ended || lines.size() >= mostBytes) {
            return Future.succeededFuture(backlog(page, lines));
        }
        return page(Anchor.BEFORE, page.first(), missing).compose(before -> fitting(page, before, lines));
    }

    /** What is too much is asked for again without it, so that the position of the first line is known. */
    private Future<LogSnapshot> fitting(LogPage page, LogPage before, LineBlock lines) {
        int fits = before.lines().newest(Math.max(1, mostBytes - lines.size())).count();
        boolean one = before.lines().size() + lines.size() > mostBytes && fits <= 1;
        if (one) {
            return Future.succeededFuture(backlog(page, lines));
        }
        if (fits < before.lines().count()) {
            return page(Anchor.BEFORE, page.first(), fits)
                    .map(less -> backlog(less, less.lines().concat(lines)));
        }
        return older(before, before.lines().concat(lines));
    }

    private LogSnapshot backlog(LogPage oldest, LineBlock lines) {
        LineBlock fitting =
                lines.slice(Math.max(0, lines.count() - wanted), lines.count()).newest(mostBytes);
        boolean whole = fitting.count() == lines.count();
        String first = whole ? oldest.first() : null;
        var slice = new LogSlice(fitting, first, position);
        boolean more = !whole || oldest.moreBefore();
        return new LogSnapshot(slice, fitting.lastTimestamp(), more, Resumption.FRESH);
    }

    private Future<LogPage> page(Anchor anchor, String at, int limit) {
        return pages.apply(new ReadLogs(container, anchor, at, null, null, Math.min(limit, PAGE_LINES)));
    }
}
