package io.dockrelay.e2e.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that the engine stored of one service, in its order; successive containers in their order. */
final class ExpectedLog {

    private final String service;
    private final List<StoredLine> lines;
    private final int due;
    private final Map<Line, Integer> positions = new HashMap<>();

    ExpectedLog(String service, List<StoredLine> lines) {
        this(service, lines, lines.size());
    }

    private ExpectedLog(String service, List<StoredLine> lines, int due) {
        this.service = service;
        this.lines = List.copyOf(lines);
        this.due = due;
        for (int i = 0; i < this.lines.size(); i++) {
            positions.putIfAbsent(this.lines.get(i).line(), i);
        }
    }

    String service() {
        return service;
    }

    int size() {
        return lines.size();
    }

    /** The position after the last line that must have arrived; later lines may have arrived. */
    int due() {
        return due;
    }

    /** The same, with this as the last line that must have arrived. */
    ExpectedLog dueUntil(Line line) {
        return new ExpectedLog(service, lines, positions.get(line) + 1);
    }

    /** Whether a received line is at or after a wanted one; a line that is not stored yet is later. */
    boolean reaches(Line got, Line wanted) {
        Integer position = positions.get(got);
        return position == null || position >= positions.get(wanted);
    }

    StoredLine at(int position) {
        return lines.get(position);
    }

    /** Null when the engine has no such line. */
    Integer position(Line line) {
        return positions.get(line);
    }
}
