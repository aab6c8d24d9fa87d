package io.dockrelay.relay.channel.catchup;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Reads the newest lines up to and with a position, in a few pages. A large page with fewer lines than requested ends it:
 * the next one would be as large, and little of it would fit. Made for one backlog, on the channel's context.
 */
final class BacklogRead {

    /** Bytes of a snapshot besides its lines and their stream letters: names, cursor, field names. */
    private static final int HEAD = 2048;

    /** The most pages: a controller that reads little at once, because its engine is busy, is not asked without end. */
    private static final int MAX_PAGES = 16;

    private final StorePages pages;
    private final String position;
    private final int wanted;
    private final int maxBytes;
    private int pagesRead;

    BacklogRead(StorePages pages, String position, int wanted, int maxBytes) {
        this.pages = pages;
        this.position = position;
        this.wanted = wanted;
        this.maxBytes = maxBytes - wanted - HEAD;
    }

    /**
     * What was read.
     *
     * @param gap lines that the engine cannot read, before those of the snapshot; null when there are none
     */
    record Backlog(LogSnapshot snapshot, TailMark.Gap gap) {

        Backlog after(GapReason reason) {
            return new Backlog(snapshot, new TailMark.Gap(reason, null, snapshot.first(), null));
        }
    }

    /** The backlog; null when the position is no longer in the store. */
    Future<Backlog> read() {
        return pages.page(Anchor.THROUGH, position, wanted)
                .compose(page -> page.anchored() ? newest(page) : Future.succeededFuture());
    }

    private Future<Backlog> newest(LogPage page) {
        int fits = page.lines().newest(maxBytes).count();
        return fits < page.lines().count()
                ? pages.page(Anchor.THROUGH, position, fits).map(less -> backlog(less, less.lines()))
                : older(page, wanted, page.lines());
    }

    /** @param requested lines of the page */
    private Future<Backlog> older(LogPage page, int requested, LineBlock lines) {
        int missing = wanted - lines.count();
        boolean ended = missing <= 0 || !page.moreBefore() || page.first() == null || page.incomplete() != null;
        boolean shorter = page.lines().count() < Math.min(requested, StorePages.MAX_LINES);
        boolean full = lines.size() >= (shorter ? maxBytes / 2 : maxBytes);
        if (ended || full || ++pagesRead >= MAX_PAGES) {
            return Future.succeededFuture(backlog(page, lines));
        }
        return pages.page(Anchor.BEFORE, page.first(), missing).compose(before -> fitting(page, before, lines));
    }

    /** A page that is too large is read again with fewer lines, so that the position of the first line is known. */
    private Future<Backlog> fitting(LogPage page, LogPage before, LineBlock lines) {
        int fits = before.lines().newest(Math.max(1, maxBytes - lines.size())).count();
        boolean one = before.lines().size() + lines.size() > maxBytes && fits <= 1;
        boolean apart = before.incomplete() != null
                && page.first().equals(before.incomplete().to());
        if (one || apart) {
            Backlog ended = backlog(page, lines);
            return Future.succeededFuture(
                    apart ? ended.after(before.incomplete().reason()) : ended);
        }
        if (fits < before.lines().count()) {
            return pages.page(Anchor.BEFORE, page.first(), fits)
                    .map(less -> backlog(less, less.lines().concat(lines)));
        }
        int requested = wanted - lines.count();
        return older(before, requested, before.lines().concat(lines));
    }

    private Backlog backlog(LogPage oldest, LineBlock lines) {
        LineBlock fitting =
                lines.slice(Math.max(0, lines.count() - wanted), lines.count()).newest(maxBytes);
        boolean whole = fitting.count() == lines.count();
        String first = whole ? oldest.first() : null;
        var slice = new LogSlice(fitting, first, position);
        boolean more = !whole || oldest.moreBefore();
        var snapshot = new LogSnapshot(slice, fitting.lastTimestamp(), more, Resumption.FRESH);
        return new Backlog(snapshot, whole ? oldest.incomplete() : null);
    }
}
