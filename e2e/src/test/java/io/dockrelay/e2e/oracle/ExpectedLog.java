package io.dockrelay.e2e.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that the engine stored of one service, in its order, the containers that took each other's place in theirs. */
final class ExpectedLog {

    private final String service;
    private final List<StoredLine> lines;
    private final int due;
    private final Map<Line, Integer> places = new HashMap<>();

    ExpectedLog(String service, List<StoredLine> lines) {
        this(service, lines, lines.size());
    }

    private ExpectedLog(String service, List<StoredLine> lines, int due) {
        this.service = service;
        this.lines = List.copyOf(lines);
        this.due = due;
        for (int i = 0; i < this.lines.size(); i++) {
            places.putIfAbsent(this.lines.get(i).line(), i);
        }
    }

    String service() {
        return service;
    }

    int size() {
        return lines.size();
    }

    /** The place behind the last line that has to have come; whatever is later may have. */
    int due() {
        return due;
    }

    /** The same, with this as the last line that has to have come. */
    ExpectedLog dueUntil(Line line) {
        return new ExpectedLog(service, lines, places.get(line) + 1);
    }

    /** Whether a line that a browser got stands there or later; one that is not stored yet is later. */
    boolean reaches(Line got, Line wanted) {
        Integer place = places.get(got);
        return place == null || place >= places.get(wanted);
    }

    StoredLine at(int place) {
        return lines.get(place);
    }

    /** Null when the engine has no such line. */
    Integer place(Line line) {
        return places.get(line);
    }
}
