package io.dockrelay.relay.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.BatchTaken.Verdict;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.logs.Waypoint;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.Soon;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A controller with one container, {@code web}, on the bus. Its store is a list of numbered lines; the cursor of a line
 * is {@code c} and its number. Runs on a context of its own.
 */
final class ScriptedController {

    static final String ID = "host-a";

    final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
    final List<OpenTail> opened = new CopyOnWriteArrayList<>();
    final List<ReadLogs> reads = new CopyOnWriteArrayList<>();

    /** Lines of one batch and of one page at most. */
    volatile int batchLines = 50;

    volatile int pageLines = 10_000;

    /** Milliseconds before a page is answered, after it was cut; before a refusal too, if there is no container. */
    volatile long pageDelay;

    /** Lines that are written just before a page is cut, and that no tail has got yet. */
    volatile int writtenBeforePage;

    volatile boolean exists = true;

    /** Tails begin without a position, as while the engine is away, until {@link #tailsBegin}. */
    volatile boolean tailsBeginLate;

    /** Tails send no line with this number or a higher one. */
    private volatile int tailsStopAt = Integer.MAX_VALUE;

    static final String SILENT = "No answer within 5000 ms (Docker engine at unix:///x.sock)";

    /** The engine cannot read the lines before this one, when a page up to a position needs them; -1 for none. */
    volatile int readableFrom = -1;

    /** Reads of more lines take too long. */
    volatile int linesInTime = Integer.MAX_VALUE;

    /** Reads that are refused because others are in progress. */
    final AtomicInteger readsWhileBusy = new AtomicInteger();

    /** Reads fail because the engine does not answer. */
    volatile boolean engineIsSilent;

    /** Reads that were refused because there is no container. */
    final AtomicInteger readsWithoutContainer = new AtomicInteger();

    /** The number of further reads that fail because the controller cannot be reached. */
    final AtomicInteger readsInAnOutage = new AtomicInteger();

    private final Vertx vertx;
    private final Bus bus;
    private final Context context;
    private final Map<String, Tail> tails = new HashMap<>();
    private final List<Registration> registrations = new ArrayList<>();
    private int stored;
    private int rotated;
    private final Periodic announcements;

    ScriptedController(Vertx vertx) {
        this.vertx = vertx;
        bus = Bus.of(vertx);
        context = vertx.getOrCreateContext();
        announcements = new Periodic(vertx);
    }

    void start() throws Exception {
        Instant since = Instant.now();
        run(() -> {
            registrations.add(bus.answer(Addresses.openTail(ID), this::open));
            registrations.add(bus.answer(Addresses.closeTail(ID), this::close));
            registrations.add(bus.answer(Addresses.readLogs(ID), this::read));
            announce(since);
            announcements.start(Addresses.ANNOUNCE_EVERY, () -> announce(since));
        });
    }

    /** Periodically: a controller that is silent for three announcements counts as gone. */
    private void announce(Instant since) {
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(ID, LinkState.CONNECTED, since, 0, null, false, List.of()));
    }

    void die() throws Exception {
        run(() -> {
            registrations.forEach(registration -> registration.close().onFailure(Throwable::printStackTrace));
            registrations.clear();
            tails.clear();
            announcements.cancel();
            bus.publish(Addresses.CONTROLLERS, new ControllerPresence(ID, null, null, 0, null, false, List.of()));
        });
    }

    int tails() throws Exception {
        return on(tails::size);
    }

    int stored() throws Exception {
        return on(() -> stored);
    }

    void log(int lines) throws Exception {
        run(() -> {
            stored += lines;
            List.copyOf(tails.values()).forEach(Tail::pump);
        });
    }

    /** The engine is back: all lines are new to tails that have no position. */
    void tailsBegin() throws Exception {
        tailsGoOnTo(Integer.MAX_VALUE);
    }

    void tailsGoOnTo(int line) throws Exception {
        run(() -> {
            tailsBeginLate = false;
            tailsStopAt = line;
            List.copyOf(tails.values()).forEach(Tail::pump);
        });
    }

    void rotate() throws Exception {
        run(() -> rotated = stored);
    }

    /** Lines in a batch that never arrives. */
    void lose(int lines) throws Exception {
        run(() -> {
            stored += lines;
            for (Tail tail : tails.values()) {
                LogBatch unused = tail.batch();
            }
        });
    }

    void mark(TailMark mark) throws Exception {
        run(() -> {
            for (Tail tail : List.copyOf(tails.values())) {
                tail.marks.put(stored, mark);
                tail.pump();
            }
        });
    }

    private Future<TailOpened> open(OpenTail request) {
        opened.add(request);
        if (!exists && !request.waitForContainer()) {
            return Future.failedFuture(Refusal.noSuchContainer(request.container()));
        }
        var tail = new Tail(request);
        tails.put(request.subscription(), tail);
        tail.pump();
        return Future.succeededFuture(new TailOpened("web"));
    }

    private Future<Acknowledged> close(CloseTail request) {
        tails.remove(request.subscription());
        return Future.succeededFuture(new Acknowledged());
    }

    private Future<LogPage> read(ReadLogs request) {
        if (!exists) {
            readsWithoutContainer.incrementAndGet();
            return after(pageDelay).compose(later -> Future.failedFuture(Refusal.noSuchContainer(request.container())));
        }
        if (request.limit() > 5_000) {
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, "too many lines"));
        }
        if (readsInAnOutage.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the controller is away"));
        }
        reads.add(request);
        if (engineIsSilent) {
            return Future.failedFuture(new Refusal(RefusalKind.ENGINE_UNAVAILABLE, SILENT));
        }
        if (readsWhileBusy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture(new Refusal(RefusalKind.BUSY, "Reading the log was not begun."));
        }
        if (request.limit() > linesInTime) {
            return Future.failedFuture(new Refusal(RefusalKind.TIMED_OUT, "Reading the log did not end in time."));
        }
        stored += writtenBeforePage;
        LogPage page = page(request);
        return after(pageDelay).map(page);
    }

    private Future<?> after(long milliseconds) {
        return milliseconds == 0 ? Future.succeededFuture() : vertx.timer(milliseconds);
    }

    private LogPage page(ReadLogs request) {
        int limit = Math.min(request.limit(), pageLines);
        int at = request.position() == null ? stored - 1 : number(request.position());
        boolean anchored = at >= rotated && at < stored;
        return switch (request.anchor()) {
            case THROUGH -> through(Math.max(rotated, at + 1 - limit), at + 1, anchored);
            case NEWEST -> page(Math.max(rotated, stored - limit), stored, true);
            case BEFORE -> page(Math.max(rotated, at - limit), at, anchored);
            case AFTER -> page(Math.max(rotated, at + 1), Math.min(end(request), at + 1 + limit), anchored);
            case AROUND -> throw new UnsupportedOperationException("not used by a relay");
        };
    }

    private LogPage through(int from, int to, boolean anchored) {
        LogPage page = page(Math.max(from, readableFrom), to, anchored);
        return from >= readableFrom
                ? page
                : new LogPage(
                        "web",
                        page.slice(),
                        true,
                        page.moreAfter(),
                        anchored,
                        page.waypoints(),
                        new TailMark.Gap(GapReason.DAMAGED, null, page.first(), null));
    }

    /** The number of the first line that a page must not hold; an exclusive end is a time. */
    private int end(ReadLogs request) {
        if (request.through() != null) {
            int through = number(request.through());
            return through > number(request.position()) && through < stored ? through + 1 : stored;
        }
        return request.end() == null ? stored : Math.min(stored, Lines.at(request.end()));
    }

    private LogPage page(int from, int to, boolean anchored) {
        boolean empty = from >= to;
        String first = empty ? null : "c" + from;
        String last = empty ? null : "c" + (to - 1);
        List<Waypoint> waypoints = new ArrayList<>();
        for (int at = from + 256; at < to; at += 256) {
            waypoints.add(new Waypoint(at - from, "c" + (at - 1), "c" + at));
        }
        LineBlock lines = Lines.block(numbers(from, to));
        return new LogPage("web", new LogSlice(lines, first, last), from > rotated, to < stored, anchored, waypoints);
    }

    private static List<String> numbers(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(Lines.line(i));
        }
        return lines;
    }

    private static int number(String cursor) {
        return Integer.parseInt(cursor.substring(1));
    }

    private void run(Runnable action) throws Exception {
        Object nothing = on(() -> {
            action.run();
            return null;
        });
        assert nothing == null;
    }

    private <T> T on(Callable<T> action) throws Exception {
        return Soon.on(context, action)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }

    /** One tail: a batch in flight at a time. */
    private final class Tail {

        final Map<Integer, TailMark> marks = new HashMap<>();
        private final String subscription;
        private final Boolean resumed;
        private int next;
        private long sequence;
        private boolean busy;
        private TailMark jump;

        Tail(OpenTail request) {
            subscription = request.subscription();
            next = switch (request.from()) {
                case TailFrom.After(String cursor) -> number(cursor) + 1;
                case TailFrom.Lines(int count) -> Math.max(rotated, stored - count);
            };
            next = tailsBeginLate ? 0 : next;
            resumed = request.from() instanceof TailFrom.After ? next >= rotated : null;
            next = Math.max(next, rotated);
        }

        void pump() {
            boolean nothing = tailsBeginLate
                    || (next >= Math.min(stored, tailsStopAt) && !marks.containsKey(next) && jump == null);
            if (!busy && (sequence == 0 || !nothing) && tails.containsValue(this)) {
                hand(batch());
            }
        }

        private LogBatch batch() {
            List<TailMark> now = new ArrayList<>();
            if (jump != null) {
                now.add(jump);
                jump = null;
            }
            TailMark here = marks.remove(next);
            if (here != null) {
                now.add(here);
            }
            int to = tailsBeginLate ? next : Math.min(Math.min(stored, tailsStopAt), next + batchLines);
            for (int at : marks.keySet()) {
                to = at > next ? Math.min(to, at) : to;
            }
            List<String> lines = numbers(next, to);
            next = Math.max(next, to);
            String cursor = next == 0 ? null : "c" + (next - 1);
            boolean first = sequence == 0;
            return new LogBatch(
                    sequence++,
                    "web",
                    now,
                    new LogSlice(Lines.block(lines), lines.isEmpty() ? null : "c" + (next - lines.size()), cursor),
                    first ? rotated > 0 : null,
                    Resumption.of(first ? resumed : null));
        }

        private void hand(LogBatch batch) {
            busy = true;
            bus.ask(Addresses.lines(subscription), batch).onComplete(this::taken, gone -> tails.remove(subscription));
        }

        private void taken(BatchTaken taken) {
            busy = false;
            verdicts.add(taken.verdict());
            switch (taken.verdict()) {
                case CONTINUE -> pump();
                case WAIT ->
                    hand(LogBatch.of(
                            sequence++, "web", List.of(), LogSlice.emptyAt(next == 0 ? null : "c" + (next - 1))));
                case JUMP -> {
                    jump = new TailMark.Gap(GapReason.SLOW_CLIENT, "c" + (next - 1), "c" + stored, null);
                    next = stored;
                    pump();
                }
                case CLOSE -> tails.remove(subscription);
            }
        }
    }
}
