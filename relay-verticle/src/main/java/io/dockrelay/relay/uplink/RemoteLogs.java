package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Waypoint;
import io.dockrelay.protocol.wire.LogPages;
import io.dockrelay.protocol.wire.LogQueries;

/** Reads pages of stored logs over a controller's REST interface. On the uplink's context. */
final class RemoteLogs {

    private final Function<String, Future<Buffer>> rest;

    /** @param rest the body of a successful GET of a path */
    RemoteLogs(Function<String, Future<Buffer>> rest) {
        this.rest = rest;
    }

    Future<LogPage> read(ReadLogs request, WireVersion version) {
        return version == WireVersion.V1 ? newest(request) : page(request);
    }

    private Future<LogPage> page(ReadLogs request) {
        return request.through() == null
                ? get(path(request.container()) + LogQueries.write(request))
                : pageThrough(request);
    }

    /**
     * The REST query has an exclusive end only. So the line of the end and the line before it are read first: a page that
     * ends with the line before continues exactly with the line of the end.
     */
    private Future<LogPage> pageThrough(ReadLogs request) {
        return page(new ReadLogs(request.container(), Anchor.THROUGH, request.through(), null, null, 2))
                .compose(end -> end.anchored() && end.lines().count() == 2
                        ? pageBefore(request, end)
                        : page(unbounded(request)));
    }

    private Future<LogPage> pageBefore(ReadLogs request, LogPage end) {
        return page(new ReadLogs(
                        request.container(),
                        Anchor.AFTER,
                        request.position(),
                        request.since(),
                        request.until(),
                        request.limit(),
                        request.through()))
                .compose(page -> {
                    String last = page.lines().isEmpty() ? request.position() : page.cursor();
                    boolean meets = page.anchored()
                            && end.first() != null
                            && end.first().equals(last);
                    if (!meets) {
                        // The end is further away than the page is long, or it is before the position.
                        return page.anchored() ? page(unbounded(request)) : Future.succeededFuture(page);
                    }
                    return Future.succeededFuture(page.lines().count() < request.limit() ? withLast(page, end) : page);
                });
    }

    private static ReadLogs unbounded(ReadLogs request) {
        return new ReadLogs(
                request.container(),
                Anchor.AFTER,
                request.position(),
                request.since(),
                request.until(),
                request.limit());
    }

    /** The page and the last line of the other one, which follows it. */
    private static LogPage withLast(LogPage page, LogPage end) {
        int count = page.lines().count();
        var last = new LogSlice(end.lines().slice(1, 2), end.cursor(), end.cursor());
        List<Waypoint> waypoints = new ArrayList<>(page.waypoints());
        if (count > 0) {
            waypoints.add(new Waypoint(count, page.cursor(), last.first()));
        }
        LogSlice all = count == 0 ? last : LogSlice.join(List.of(page.slice(), last));
        return new LogPage(page.container(), all, page.moreBefore(), false, true, waypoints, page.incomplete());
    }

    /** The newest lines of a log, by the one query that version 1 has too. */
    Future<LineBlock> newest(String container, int lines) {
        return tail(container, lines).map(LogPage::lines);
    }

    private Future<LogPage> tail(String container, int lines) {
        return get(path(container) + "?tail=" + lines);
    }

    /** Version 1 has only {@code tail}: its newest lines are cut here, and what is older cannot be had. */
    private Future<LogPage> newest(ReadLogs request) {
        boolean inTime = request.since() != null || request.until() != null;
        int lines = inTime
                ? 0
                : switch (request.anchor()) {
                    case NEWEST -> request.limit();
                    case THROUGH -> request.limit() + WireVersion.V1_OVERLAP;
                    case AFTER -> NewestLines.LARGEST_READ;
                    case BEFORE, AROUND -> 0;
                };
        if (lines == 0) {
            String why = "the controller of this container (version 1) gives its newest lines only; update it";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return tail(request.container(), lines)
                .map(page -> request.anchor() == Anchor.AFTER
                        ? following(page, request)
                        : cut(page, request, request.anchor() == Anchor.THROUGH, lines));
    }

    private static LogPage following(LogPage page, ReadLogs request) {
        LineBlock lines = page.lines();
        int begin = WireVersion.endOf(request.position(), lines);
        int end = lines.count();
        if (request.through() != null) {
            int through = WireVersion.endOf(request.through(), lines);
            // As in the current version, an end before the position, or one that is missing, is none.
            end = through <= begin ? end : through;
        } else if (request.end() != null) {
            end = WireVersion.startOf(request.end(), lines);
        }
        int from = Math.max(0, begin);
        int last = Math.max(from, end);
        int to = Math.min(last, from + request.limit());
        LineBlock wanted = lines.slice(from, to);
        var slice = new LogSlice(wanted, null, WireVersion.v1Cursor(wanted));
        return new LogPage(page.container(), slice, true, to < last, begin >= 0, List.of());
    }

    private static LogPage cut(LogPage page, ReadLogs request, boolean through, int tail) {
        LineBlock lines = page.lines();
        int end = through ? WireVersion.endOf(request.position(), lines) : lines.count();
        boolean anchored = end >= 0;
        int to = anchored ? end : lines.count();
        int from = Math.max(0, to - request.limit());
        LineBlock wanted = lines.slice(from, to);
        boolean more = from > 0 || (lines.count() >= tail && wanted.count() == request.limit());
        var slice = new LogSlice(wanted, null, WireVersion.v1Cursor(wanted));
        return new LogPage(page.container(), slice, more, to < lines.count(), anchored, List.of());
    }

    private Future<LogPage> get(String path) {
        return rest.apply(path).compose(body -> {
            try {
                return Future.succeededFuture(LogPages.read(body.getBytes()));
            } catch (IllegalArgumentException e) {
                return Future.failedFuture(ControllerRest.unreadable("page of the log", e));
            }
        });
    }

    private static String path(String container) {
        return "/container/" + ControllerRest.encode(container) + "/logs";
    }
}
