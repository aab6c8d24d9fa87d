package io.dockrelay.relay.channel.catchup;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;

/**
 * Reads the newest lines up to and with a position, in as many pages as the controller needs. Made for one backlog,
 * on the channel's context.
 */
final class BacklogRead {

    /** Bytes of a snapshot besides its lines and their stream letters: names, cursor, field names. */
    private static final int HEAD = 2048;

    private final StorePages pages;
    private final String position;
    private final int wanted;
    private final int maxBytes;

    BacklogRead(StorePages pages, String position, int wanted, int maxBytes) {
        this.pages = pages;
        this.position = position;
        this.wanted = wanted;
        this.maxBytes = maxBytes - wanted - HEAD;
    }

    /** The backlog; null when the position is no longer in the store. */
    Future<LogSnapshot> read() {
        return pages.page(Anchor.THROUGH, position, wanted)
                .compose(page -> page.anchored() ? newest(page) : Future.succeededFuture());
    }

    private Future<LogSnapshot> newest(LogPage page) {
        int fits = page.lines().newest(maxBytes).count();
        return fits < page.lines().count()
                ? pages.page(Anchor.THROUGH, position, fits).map(less -> backlog(less, less.lines()))
                : older(page, page.lines());
    }

    private Future<LogSnapshot> older(LogPage page, LineBlock lines) {
        int missing = wanted - lines.count();
        boolean ended = missing <= 0 || !page.moreBefore() || page.lines().isEmpty() || page.first() == null;
        if (ended || lines.size() >= maxBytes) {
            return Future.succeededFuture(backlog(page, lines));
        }
        return pages.page(Anchor.BEFORE, page.first(), missing).compose(before -> fitting(page, before, lines));
    }

    /** A page that is too large is read again with fewer lines, so that the position of the first line is known. */
    private Future<LogSnapshot> fitting(LogPage page, LogPage before, LineBlock lines) {
        int fits = before.lines().newest(Math.max(1, maxBytes - lines.size())).count();
        boolean one = before.lines().size() + lines.size() > maxBytes && fits <= 1;
        if (one) {
            return Future.succeededFuture(backlog(page, lines));
        }
        if (fits < before.lines().count()) {
            return pages.page(Anchor.BEFORE, page.first(), fits)
                    .map(less -> backlog(less, less.lines().concat(lines)));
        }
        return older(before, before.lines().concat(lines));
    }

    private LogSnapshot backlog(LogPage oldest, LineBlock lines) {
        LineBlock fitting =
                lines.slice(Math.max(0, lines.count() - wanted), lines.count()).newest(maxBytes);
        boolean whole = fitting.count() == lines.count();
        String first = whole ? oldest.first() : null;
        var slice = new LogSlice(fitting, first, position);
        boolean more = !whole || oldest.moreBefore();
        return new LogSnapshot(slice, fitting.lastTimestamp(), more, Resumption.FRESH);
    }
}
