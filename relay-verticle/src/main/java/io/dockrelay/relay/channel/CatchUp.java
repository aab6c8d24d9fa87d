package io.dockrelay.relay.channel;

import java.util.function.Function;
import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * Reads what follows a cursor until it meets the ring: at a cursor that the ring knows, or at the line that was the
 * channel's last one when the page was asked for. Nothing is met by likeness: a line that looks like another one in its
 * page does not count. Made for one resumption, on the channel's context.
 *
 * <p>What is further away than one snapshot holds is not caught up with here.
 */
final class CatchUp {

    /** Where reading and the live part met, with the lines before it. */
    record Met(LineBlock lines, Place place) {}

    private static final int PAGE_LINES = 5_000;

    private final Function<ReadLogs, Future<LogPage>> pages;
    private final String container;
    private final Ring ring;

    /** The last line of the ring's newest batch; empty when no line has come yet. */
    private final Supplier<LineBlock> lastLine;

    private final int mostLines;
    private final int mostBytes;

    CatchUp(
            Function<ReadLogs, Future<LogPage>> pages,
            String container,
            Ring ring,
            Supplier<LineBlock> lastLine,
            ChannelLimits limits) {
        this.pages = pages;
        this.container = container;
        this.ring = ring;
        this.lastLine = lastLine;
        mostLines = limits.lines();
        mostBytes = limits.snapshotBytes() - limits.lines() - 2048;
    }

    /** Completes with null when it cannot meet: the cursor is not in the store, or too far away. */
    Future<Met> from(String cursor) {
        return next(cursor, LineBlock.EMPTY);
    }

    private Future<Met> next(String cursor, LineBlock so) {
        Place known = ring.behind(cursor);
        if (known != null) {
            return Future.succeededFuture(new Met(so, known));
        }
        if (so.count() >= mostLines || so.size() > mostBytes) {
            return Future.succeededFuture();
        }
        Place pin = ring.end();
        LineBlock pinned = lastLine.get();
        int limit = Math.min(PAGE_LINES, mostLines - so.count());
        return pages.apply(new ReadLogs(container, Anchor.AFTER, cursor, null, null, limit))
                .compose(page -> taken(page, so, pin, pinned));
    }

    private Future<Met> taken(LogPage page, LineBlock so, Place pin, LineBlock pinned) {
        if (!page.anchored() || page.lines().isEmpty()) {
            return Future.succeededFuture();
        }
        int cut = ring.overtook(pin) || ring.behind(page.cursor()) != null ? -1 : only(pinned, page);
        if (cut < 0) {
            return next(page.cursor(), so.concat(page.lines()));
        }
        LineBlock lines = so.concat(page.lines().slice(0, cut + 1));
        return Future.succeededFuture(lines.size() > mostBytes ? null : new Met(lines, pin));
    }

    /** Index of that line when it stands in the page exactly once and no equal one can follow, else -1. */
    private static int only(LineBlock line, LogPage page) {
        LineBlock lines = page.lines();
        if (line.isEmpty() || (page.moreAfter() && lines.lastTimestamp().equals(line.timestamp(0)))) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < lines.count(); i++) {
            if (lines.sizeOf(i) == line.size() && lines.slice(i, i + 1).equals(line)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }
}
