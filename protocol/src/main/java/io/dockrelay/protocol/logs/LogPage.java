package io.dockrelay.protocol.logs;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One page of a container's stored log.
 *
 * @param container the container's name
 * @param slice its positions are null when it has no lines, except that a page of limit 0 gives the last one
 * @param moreBefore whether the store holds lines older than these
 * @param moreAfter whether the store holds lines newer than these; with an end, lines before it
 * @param anchored false when the requested position is not in the store (rotated away, container replaced): the lines
 *     are then the nearest there are
 * @param waypoints where the page may be cut into frames, in order; empty when it is one frame or the controller did not
 *     give them
 * @param incomplete lines that the engine cannot read, right before the first line of the page or right after the last;
 *     null when there are none
 */
public record LogPage(
        String container,
        @JsonUnwrapped LogSlice slice,
        boolean moreBefore,
        boolean moreAfter,
        boolean anchored,
        List<Waypoint> waypoints,
        TailMark.Gap incomplete)
        implements CarriesSlice, CarriesLines<LogPage> {

    public LogPage {
        slice = slice == null ? LogSlice.NONE : slice;
        waypoints = waypoints == null ? List.of() : List.copyOf(waypoints);
    }

    /** A page without unreadable lines beside it. */
    public LogPage(
            String container,
            LogSlice slice,
            boolean moreBefore,
            boolean moreAfter,
            boolean anchored,
            List<Waypoint> waypoints) {
        this(container, slice, moreBefore, moreAfter, anchored, waypoints, null);
    }

    /** The page of a log without lines. */
    public static LogPage empty(String container) {
        return new LogPage(container, LogSlice.NONE, false, false, true, List.of());
    }

    @Override
    @JsonIgnore
    public LineBlock lines() {
        return slice.lines();
    }

    /** The lines in slices that each fit a frame. */
    public List<LogSlice> slices() {
        return slice.cutAt(waypoints);
    }

    @Override
    public LogPage withLines(LineBlock replacement) {
        return new LogPage(
                container, slice.withLines(replacement), moreBefore, moreAfter, anchored, waypoints, incomplete);
    }
}
