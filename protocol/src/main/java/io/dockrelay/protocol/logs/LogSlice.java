package io.dockrelay.protocol.logs;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Consecutive log lines and their positions. Batches, pages, frames and snapshots all carry one. Immutable.
 *
 * @param lines oldest first; may be empty
 * @param first encoded cursor of the first line; null when there is none or the sender did not give it
 * @param last encoded cursor of the last line; without lines, the position that the reader of the log has reached; null
 *     when no line was ever read or the position is unknown
 */
public record LogSlice(
        @JsonIgnore LineBlock lines,
        String first,
        @JsonProperty("cursor") String last) {

    /** No lines, at an unknown position. */
    public static final LogSlice NONE = new LogSlice(LineBlock.EMPTY, null, null);

    public LogSlice {
        lines = lines == null ? LineBlock.EMPTY : lines;
    }

    /** No lines, at this position. */
    public static LogSlice emptyAt(String cursor) {
        return new LogSlice(LineBlock.EMPTY, null, cursor);
    }

    /** All lines of consecutive slices, oldest first; at least one slice. */
    public static LogSlice join(List<LogSlice> slices) {
        LineBlock lines = LineBlock.concat(slices.stream().map(LogSlice::lines).toList());
        return new LogSlice(lines, slices.getFirst().first, slices.getLast().last);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public LogSlice withLines(LineBlock replacement) {
        return new LogSlice(replacement, first, last);
    }

    /** This slice cut at each waypoint, in order; itself when there is none. */
    public List<LogSlice> cutAt(List<Waypoint> waypoints) {
        List<LogSlice> slices = new ArrayList<>();
        int from = 0;
        String begin = first;
        for (Waypoint waypoint : waypoints) {
            slices.add(new LogSlice(lines.slice(from, waypoint.lines()), begin, waypoint.cursor()));
            from = waypoint.lines();
            begin = waypoint.next();
        }
        slices.add(new LogSlice(lines.slice(from, lines.count()), begin, last));
        return slices;
    }
}
