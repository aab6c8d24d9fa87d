package io.dockrelay.relay.uplink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.logs.LineBlock;

/**
 * The frames of one log from a controller of version 1, each line once. Such a controller may send its newest lines again and
 * again, and leaves it to its clients to find the new ones; what was written between two frames and does not fit in one is
 * not sent at all. Where a frame does not overlap the lines before it, the newest lines of the store are read, so that
 * nothing is missing as far as that read reaches.
 *
 * <p>A controller may as well send each line once, so that no two frames overlap. That is assumed after the store has shown
 * a few times that nothing was missing, until a frame overlaps.
 *
 * <p>While the store is read, frames wait here. When there are too many of them the oldest are dropped: the next one does
 * not overlap then, and the store is read again. Owned by a {@link TailDelivery}, on the uplink's context.
 */
final class NewestLines {

    private static final Logger log = LoggerFactory.getLogger(NewestLines.class);

    /** Lines of the first read; the second one is larger. */
    static final int FIRST_READ = 1_000;

    /** The most lines that are read. */
    static final int LARGEST_READ = 10_000;

    private static final int MAX_WAITING = 64;

    /** Frames in a row between which nothing was missing, after which the store is not asked any more. */
    private static final int TRUSTED_AFTER = 3;

    /** Takes the lines in their order. */
    interface Sink {

        /**
         * New lines, at least one.
         *
         * @param gap whether lines are missing before them
         */
        void lines(LineBlock lines, boolean gap);
    }

    private record Frame(LineBlock lines, boolean snapshot) {}

    private final IntFunction<Future<LineBlock>> store;
    private final int mostBytes;
    private final Sink sink;
    private final LineOverlap overlap = new LineOverlap();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;

    /** True while the store is read. */
    private boolean reading;

    /** Whether a frame had lines of the frame before it. */
    private boolean repeats;

    /** Frames in a row without overlap between which nothing was missing. */
    private int adjacent;

    private boolean closed;

    /**
     * @param store reads that number of newest lines
     * @param mostBytes of the frames that wait, and of a read, approximately
     */
    NewestLines(IntFunction<Future<LineBlock>> store, int mostBytes, Sink sink) {
        this.store = store;
        this.mostBytes = mostBytes;
        this.sink = sink;
    }

    /** The lines of the first snapshot, which the caller passes on by itself. */
    void begin(LineBlock snapshot) {
        overlap.reset(snapshot);
    }

    /** @param snapshot whether the frame was sent because of a subscription */
    void frame(LineBlock lines, boolean snapshot) {
        if (reading) {
            hold(new Frame(lines, snapshot));
            return;
        }
        int first = overlap.firstNew(lines);
        repeats |= !snapshot && first > 0;
        boolean trusted = !snapshot && !repeats && adjacent >= TRUSTED_AFTER;
        if (lines.isEmpty() || first != LineOverlap.NONE || trusted) {
            pass(lines, Math.max(0, first), false);
        } else {
            reading = true;
            read(lines, FIRST_READ);
        }
    }

    /** Nothing more goes to the sink. */
    void close() {
        closed = true;
        waiting.clear();
    }

    private void read(LineBlock frame, int count) {
        store.apply(count).onComplete(newest -> read(frame, count, newest), failure -> notRead(frame, failure));
    }

    private void read(LineBlock frame, int asked, LineBlock newest) {
        if (closed) {
            return;
        }
        boolean whole = newest.count() < asked;
        int first = overlap.isEmpty() && whole ? 0 : overlap.firstNew(newest);
        int more = larger(newest);
        if (first == LineOverlap.NONE && !whole && asked == FIRST_READ && more > asked) {
            read(frame, more);
            return;
        }
        boolean missing = first == LineOverlap.NONE;
        boolean nothingBetween = !missing && first < newest.count() && newest.hash(first) == frame.hash(0);
        adjacent = nothingBetween ? adjacent + 1 : 0;
        pass(newest, Math.max(0, first), missing);
        goOn(isOld(frame, newest) ? LineBlock.EMPTY : frame);
    }

    /** Whether the read has the frame's lines, or begins after them: more was written meanwhile than it reaches. */
    private static boolean isOld(LineBlock frame, LineBlock newest) {
        if (newest.isEmpty()) {
            return false;
        }
        long last = frame.hash(frame.count() - 1);
        boolean within = IntStream.range(0, newest.count()).anyMatch(line -> newest.hash(line) == last);
        return within || frame.lastTimestamp().compareTo(newest.timestamp(0)) < 0;
    }

    private void notRead(LineBlock frame, Throwable failure) {
        if (!closed) {
            log.debug("lines between two frames were not read", failure);
            goOn(frame);
        }
    }

    /** Goes on with a frame that the read did not have, and then with those that have waited. */
    private void goOn(LineBlock frame) {
        int first = overlap.firstNew(frame);
        pass(frame, Math.max(0, first), first == LineOverlap.NONE && !frame.isEmpty());
        reading = false;
        while (!reading && !waiting.isEmpty()) {
            Frame next = waiting.poll();
            waitingBytes -= next.lines().size();
            frame(next.lines(), next.snapshot());
        }
    }

    private void pass(LineBlock lines, int first, boolean gap) {
        if (gap) {
            overlap.reset(lines);
        } else {
            overlap.add(lines.slice(first, lines.count()));
        }
        if (first < lines.count()) {
            sink.lines(lines.slice(first, lines.count()), gap);
        }
    }

    private void hold(Frame frame) {
        waiting.add(frame);
        waitingBytes += frame.lines().size();
        while (waiting.size() > MAX_WAITING || (waitingBytes > mostBytes && waiting.size() > 1)) {
            waitingBytes -= waiting.poll().lines().size();
        }
    }

    /** Lines of a second read, bounded in bytes by the size of the lines that were read. */
    private int larger(LineBlock newest) {
        long fitting = (long) mostBytes * newest.count() / Math.max(1, newest.size());
        return (int) Math.min(LARGEST_READ, fitting);
    }
}
