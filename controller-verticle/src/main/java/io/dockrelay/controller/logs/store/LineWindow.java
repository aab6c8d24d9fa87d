package io.dockrelay.controller.logs.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.logs.CarriesSlice;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Waypoint;

/**
 * The newest of the lines that are pushed, or the first ones, bounded in number and in bytes; it holds at most one segment
 * more. Remembers where each line ends in the store, so that each can be the first of a page.
 */
public final class LineWindow {

    private static final int SEGMENT_LINES = 512;
    private static final int SEGMENT_BYTES = 256 * 1024;
    private static final int LONGS = 3;

    /** Lines, and where each ends in the store. */
    private static final class Segment {

        private final LineBlock lines;
        private final long[] positions;

        Segment(LineBlock lines, long[] positions) {
            this.lines = lines;
            this.positions = positions;
        }
    }

    private int maxLines;
    private final int maxBytes;

    /** Whether the first lines are kept, and not the newest. */
    private final boolean first;

    private final Deque<Segment> segments = new ArrayDeque<>();
    private final LineBlockBuilder open = new LineBlockBuilder();

    /** Seconds, nanos and ordinal, hash of each line in {@code open}. */
    private long[] positions = new long[64 * LONGS];

    /** Lines and bytes in the segments, without the open one. */
    private int lines;

    private long bytes;

    /** All lines pushed. */
    private long pushed;

    /** Number, from 1, of the last uncertain line pushed; 0 when there was none. */
    private long lastUncertain;

    /** Of the lines after that one, as JSON. */
    private long certainBytes;

    /** Keeps the newest lines. */
    public LineWindow(int maxLines, int maxBytes) {
        this(maxLines, maxBytes, false);
    }

    private LineWindow(int maxLines, int maxBytes, boolean first) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
        this.first = first;
    }

    /** Keeps the first lines; the caller stops to push once it is {@link #full}. */
    static LineWindow ofFirst(int maxLines, int maxBytes) {
        return new LineWindow(maxLines, maxBytes, true);
    }

    public void push(Line line) {
        pushed++;
        lastUncertain = line.certain ? lastUncertain : pushed;
        if (maxLines == 0) {
            return;
        }
        remember(open.count() * LONGS, line.position);
        int before = open.size();
        line.writeTo(open);
        certainBytes = line.certain ? certainBytes + open.size() - before : 0;
        if (open.count() >= SEGMENT_LINES || open.size() >= SEGMENT_BYTES) {
            seal();
        }
    }

    /** Number of lines pushed. */
    long pushed() {
        return pushed;
    }

    /** Whether more lines were pushed than are kept. */
    boolean overflown() {
        return pushed > maxLines || (pushed > 1 && bytes + open.size() > maxBytes);
    }

    /** Whether no more lines fit; the last one pushed may not have fitted. */
    boolean full() {
        return pushed >= maxLines || bytes + open.size() >= maxBytes;
    }

    /** Whether one of the lines kept may lack its beginning, or have another position. */
    boolean keepsUncertain() {
        return lastUncertain > Math.max(0, pushed - maxLines) && certainBytes < maxBytes;
    }

    /** Number of lines after the last one that may lack its beginning, kept or not. */
    long certain() {
        return pushed - lastUncertain;
    }

    /** Keeps only the {@link #certain} lines. */
    void dropUncertain() {
        maxLines = (int) Math.min(maxLines, certain());
    }

    /** The lines as one slice; takes everything out. */
    public Page take(String containerId) {
        Segment all = takeAll();
        LineBlock kept = first ? fitting(all.lines) : newest(all.lines);
        int from = first ? 0 : all.lines.count() - kept.count();
        return page(all, from, from + kept.count(), containerId);
    }

    /**
     * The newest lines, without those up to a position; takes everything out. When damage has taken the position's own line,
     * those that are not newer precede it. A rotation leaves newer lines: when there are none, damage has taken it.
     *
     * @param lost why lines may be missing after the position
     */
    public Rest takeAfter(Cursor position, GapReason lost) {
        Segment all = takeAll();
        int to = all.lines.count();
        int from = to - newest(all.lines).count();
        Cursor end = from == to ? null : cursor(all, to - 1, position.containerId());
        int at = last(all, from, to, line -> line.is(position));
        boolean follows = at >= from;
        if (!follows && (lost == GapReason.DAMAGED || lost == GapReason.ROTATED)) {
            boolean newer = last(all, from, to, line -> line.compareTime(position.timestamp()) > 0) >= from;
            boolean keepsAll = lost == GapReason.ROTATED && newer;
            at = keepsAll ? at : last(all, from, to, line -> line.compareTime(position.timestamp()) <= 0);
        }
        return new Rest(page(all, at + 1, to, position.containerId()), end, follows);
    }

    private Segment takeAll() {
        seal();
        Segment all = join(segments.toArray(Segment[]::new), 0, segments.size());
        segments.clear();
        return all;
    }

    private Page page(Segment all, int from, int to, String containerId) {
        if (from == to) {
            return new Page(LogSlice.NONE, null, pushed > 0, List.of());
        }
        Cursor last = cursor(all, to - 1, containerId);
        var slice = new LogSlice(
                all.lines.slice(from, to), cursor(all, from, containerId).encode(), last.encode());
        return new Page(slice, last, pushed > to - from, waypoints(all, from, to, containerId));
    }

    /** Index of the last line in a range to which this applies; one less than the first when there is none. */
    private static int last(Segment all, int from, int to, Predicate<EntryPosition> applies) {
        int at = to - 1;
        while (at >= from && !applies.test(position(all, at))) {
            at--;
        }
        return at;
    }

    private LineBlock newest(LineBlock all) {
        return all.slice(Math.max(0, all.count() - maxLines), all.count()).newest(maxBytes);
    }

    /** The first lines that fit, at least one. */
    private LineBlock fitting(LineBlock all) {
        int count = 0;
        int size = 0;
        while (count < Math.min(all.count(), maxLines) && (count == 0 || size + all.sizeOf(count) + 1 <= maxBytes)) {
            size += all.sizeOf(count) + 1;
            count++;
        }
        return all.slice(0, count);
    }

    /** Where the lines of a range may be cut so that each part fits a frame. */
    private static List<Waypoint> waypoints(Segment all, int first, int end, String containerId) {
        List<Waypoint> waypoints = new ArrayList<>();
        int begin = first;
        int size = 0;
        for (int line = first; line < end; line++) {
            int more = all.lines.sizeOf(line) + 1;
            boolean full = line - begin == FrameLimits.MAX_LINES || size + more > FrameLimits.MAX_BYTES;
            if (full && line > begin) {
                String cursor = cursor(all, line - 1, containerId).encode();
                String next = cursor(all, line, containerId).encode();
                waypoints.add(new Waypoint(line - first, cursor, next));
                begin = line;
                size = 0;
            }
            size += more;
        }
        return waypoints;
    }

    /**
     * What a window held.
     *
     * @param last decoded position of the last line; null when there is none
     * @param dropped whether more lines were pushed: older ones, or newer ones where the first are kept
     * @param waypoints where the lines may be cut into frames
     */
    public record Page(LogSlice slice, Cursor last, boolean dropped, List<Waypoint> waypoints) implements CarriesSlice {

        /** The lines in slices that each fit a frame. */
        public List<LogSlice> slices() {
            return slice.cutAt(waypoints);
        }
    }

    /**
     * The lines after a position.
     *
     * @param end decoded position of the last line that the window held; null when there is none
     * @param follows whether the position's own line was the one before these
     */
    public record Rest(Page page, Cursor end, boolean follows) {}

    private void remember(int at, EntryPosition position) {
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, at * 2);
        }
        positions[at] = position.seconds;
        positions[at + 1] = ((long) position.nanos << Integer.SIZE) | position.ordinal;
        positions[at + 2] = position.hash;
    }

    private static Cursor cursor(Segment segment, int line, String containerId) {
        return position(segment, line).cursor(containerId);
    }

    private static EntryPosition position(Segment segment, int line) {
        var position = new EntryPosition();
        int at = line * LONGS;
        position.seconds = segment.positions[at];
        position.nanos = (int) (segment.positions[at + 1] >>> Integer.SIZE);
        position.ordinal = (int) segment.positions[at + 1];
        position.hash = segment.positions[at + 2];
        position.stream = (char) segment.lines.streams()[line];
        return position;
    }

    private void seal() {
        int count = open.count();
        if (count == 0) {
            return;
        }
        var segment = new Segment(open.take(), Arrays.copyOf(positions, count * LONGS));
        segments.add(segment);
        lines += count;
        bytes += segment.lines.size();
        Segment oldest = segments.peek();
        while (!first
                && segments.size() > 1
                && (lines - oldest.lines.count() >= maxLines || bytes - oldest.lines.size() >= maxBytes)) {
            segments.remove();
            lines -= oldest.lines.count();
            bytes -= oldest.lines.size();
            oldest = segments.peek();
        }
    }

    /** By halves, so that bytes are copied a few times and not once per segment. */
    private static Segment join(Segment[] all, int from, int to) {
        if (to - from <= 1) {
            return from == to ? new Segment(LineBlock.EMPTY, new long[0]) : all[from];
        }
        int middle = (from + to) >>> 1;
        Segment left = join(all, from, middle);
        Segment right = join(all, middle, to);
        long[] positions = Arrays.copyOf(left.positions, left.positions.length + right.positions.length);
        System.arraycopy(right.positions, 0, positions, left.positions.length, right.positions.length);
        return new Segment(left.lines.concat(right.lines), positions);
    }
}
