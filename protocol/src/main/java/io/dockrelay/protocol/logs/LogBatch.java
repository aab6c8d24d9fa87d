package io.dockrelay.protocol.logs;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a tail hands over at once: first the marks, then the lines.
 *
 * @param sequence counts a tail's batches from 0; the first one is the snapshot, even when it holds no line
 * @param container the container's name now
 * @param marks what happened before these lines
 * @param cursor encoded position behind the last line of all so far; null when nothing was ever read
 * @param moreBefore in the snapshot: whether the store holds older lines; null otherwise
 * @param resumed in the snapshot: whether it continues exactly where it was asked to; null when nothing was asked
 * @param first encoded position of the first of these lines; null when there is none, or nobody said
 */
public record LogBatch(
        long sequence,
        String container,
        List<TailMark> marks,
        @JsonIgnore LineBlock lines,
        String cursor,
        Boolean moreBefore,
        Boolean resumed,
        String first)
        implements CarriesLines<LogBatch> {

    /** Without a word about the first line. */
    public LogBatch(
            long sequence,
            String container,
            List<TailMark> marks,
            LineBlock lines,
            String cursor,
            Boolean moreBefore,
            Boolean resumed) {
        this(sequence, container, marks, lines, cursor, moreBefore, resumed, null);
    }

    public LogBatch {
        marks = List.copyOf(marks);
        lines = lines == null ? LineBlock.EMPTY : lines;
    }

    @JsonIgnore
    public boolean isSnapshot() {
        return sequence == 0;
    }

    @Override
    public LogBatch withLines(LineBlock replaced) {
        return new LogBatch(sequence, container, marks, replaced, cursor, moreBefore, resumed, first);
    }
}
