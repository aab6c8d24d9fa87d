package io.dockrelay.relay.channel;

import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

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
    Future<Backlog> read() {
        return page(Anchor.THROUGH, position, wanted)
                .compose(page -> page.anchored() ? older(page, page.lines()) : Future.succeededFuture());
    }

    private Future<Backlog> older(LogPage page, LineBlock lines) {
        int missing = wanted - lines.count();
        boolean ended = missing <= 0 || !page.moreBefore() || page.lines().isEmpty() || page.first() == null;
        if (ended || lines.size() >= mostBytes) {
            return Future.succeededFuture(backlog(page, lines));
        }
        return page(Anchor.BEFORE, page.first(), missing)
                .compose(before -> older(before, before.lines().concat(lines)));
    }

    private Backlog backlog(LogPage oldest, LineBlock lines) {
        LineBlock fitting =
                lines.slice(Math.max(0, lines.count() - wanted), lines.count()).newest(mostBytes);
        boolean whole = fitting.count() == lines.count();
        String first = whole ? oldest.first() : null;
        return new Backlog(fitting, first, position, fitting.lastTimestamp(), !whole || oldest.moreBefore(), null);
    }

    private Future<LogPage> page(Anchor anchor, String at, int limit) {
        return pages.apply(new ReadLogs(container, anchor, at, null, null, Math.min(limit, PAGE_LINES)));
    }
}
