package io.dockrelay.protocol.logs;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One page of a container's stored log.
 *
 * @param container the container's name
 * @param lines oldest first
 * @param first encoded cursor of the first line; null when there is none
 * @param cursor encoded cursor of the last line; null when there is none
 * @param moreBefore whether the store holds lines older than these
 * @param moreAfter whether the store holds lines newer than these; with an end, lines before it
 * @param anchored false when the position asked for is not in the store (rotated away, container replaced): the lines
 *     are then the nearest there are
 * @param waypoints where the page may be cut into frames, in order; empty when it is one frame, or nobody said
 */
public record LogPage(
        String container,
        @JsonIgnore LineBlock lines,
        String first,
        String cursor,
        boolean moreBefore,
        boolean moreAfter,
        boolean anchored,
        List<Waypoint> waypoints)
        implements CarriesLines<LogPage> {

    /**
     * A position inside a page.
     *
     * @param lines of the page before it
     * @param cursor encoded cursor of the last of these
     * @param next encoded cursor of the line behind them
     */
    public record Waypoint(int lines, String cursor, String next) {}

    public LogPage {
        lines = lines == null ? LineBlock.EMPTY : lines;
        waypoints = waypoints == null ? List.of() : List.copyOf(waypoints);
    }

    /** Without waypoints. */
    public LogPage(
            String container,
            LineBlock lines,
            String first,
            String cursor,
            boolean moreBefore,
            boolean moreAfter,
            boolean anchored) {
        this(container, lines, first, cursor, moreBefore, moreAfter, anchored, List.of());
    }

    @Override
    public LogPage withLines(LineBlock replaced) {
        return new LogPage(container, replaced, first, cursor, moreBefore, moreAfter, anchored, waypoints);
    }
}
