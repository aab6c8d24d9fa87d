package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One page of a container's stored log.
 *
 * @param container the container's name
 * @param lines oldest first
 * @param first encoded cursor of the first line; null when there is none
 * @param cursor encoded cursor of the last line; null when there is none
 * @param moreBefore whether the store holds lines older than these
 * @param moreAfter whether the store holds lines newer than these
 * @param anchored false when the position asked for is not in the store (rotated away, container replaced): the lines
 *     are then the nearest there are
 */
public record LogPage(
        String container,
        @JsonIgnore LineBlock lines,
        String first,
        String cursor,
        boolean moreBefore,
        boolean moreAfter,
        boolean anchored)
        implements CarriesLines<LogPage> {

    public LogPage {
        lines = lines == null ? LineBlock.EMPTY : lines;
    }

    @Override
    public LogPage withLines(LineBlock replaced) {
        return new LogPage(container, replaced, first, cursor, moreBefore, moreAfter, anchored);
    }
}
