package io.dockrelay.client;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Consecutive lines of a log, and what happened before them: an item of a {@link LogFeed}. A reader that stores the cursor
 * together with its work on the lines goes on exactly there, even after its own restart.
 *
 * @param container the container's current name
 * @param marks what happened before these lines: the container stopped, was restarted or replaced, or lines are missing
 * @param lines oldest first; may be empty, as in the first item of a log without lines
 * @param cursor the position after these lines, for {@code TailFrom.After}; null while no line was ever read
 */
public record LogLines(String container, List<TailMark> marks, List<LogLine> lines, String cursor) {

    /** Copies the lists. */
    public LogLines {
        marks = List.copyOf(marks);
        lines = List.copyOf(lines);
    }

    static LogLines of(LogBatch batch) {
        LineBlock block = batch.lines();
        List<String> texts = block.lines();
        List<LogLine> lines = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String line = texts.get(i);
            lines.add(new LogLine(
                    line.substring(0, LineBlock.TIMESTAMP_LENGTH),
                    block.streams()[i] == 'e',
                    line.substring(LineBlock.TIMESTAMP_LENGTH + 1)));
        }
        return new LogLines(batch.container(), batch.marks(), lines, batch.cursor());
    }
}
