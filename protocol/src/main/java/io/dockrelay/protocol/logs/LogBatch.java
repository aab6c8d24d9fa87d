package io.dockrelay.protocol.logs;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a tail sends at once: first the marks, then the lines.
 *
 * @param sequence counts a tail's batches from 0; the first one is the snapshot, even when it holds no line
 * @param container the container's current name
 * @param marks what happened before these lines
 * @param slice its last position is after all lines so far, also when this batch has none; null when nothing was ever
 *     read
 * @param moreBefore in the snapshot: whether the store holds older lines; null otherwise
 * @param resumption in the snapshot: whether it continues exactly at the requested position; otherwise
 *     {@link Resumption#FRESH}
 */
public record LogBatch(
        long sequence,
        String container,
        List<TailMark> marks,
        @JsonUnwrapped LogSlice slice,
        Boolean moreBefore,
        @JsonProperty("resumed") Resumption resumption)
        implements CarriesSlice, CarriesLines<LogBatch> {

    public LogBatch {
        marks = List.copyOf(marks);
        slice = slice == null ? LogSlice.NONE : slice;
        resumption = resumption == null ? Resumption.FRESH : resumption;
    }

    /** A batch after the snapshot. */
    public static LogBatch of(long sequence, String container, List<TailMark> marks, LogSlice slice) {
        return new LogBatch(sequence, container, marks, slice, null, Resumption.FRESH);
    }

    @JsonIgnore
    public boolean isSnapshot() {
        return sequence == 0;
    }

    @Override
    @JsonIgnore
    public LineBlock lines() {
        return slice.lines();
    }

    @Override
    public LogBatch withLines(LineBlock replacement) {
        return new LogBatch(sequence, container, marks, slice.withLines(replacement), moreBefore, resumption);
    }

    public LogBatch withMarks(List<TailMark> replacement) {
        return new LogBatch(sequence, container, replacement, slice, moreBefore, resumption);
    }
}
