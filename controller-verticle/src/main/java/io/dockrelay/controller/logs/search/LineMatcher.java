package io.dockrelay.controller.logs.search;

import java.util.EnumSet;
import java.util.Set;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.levels.LevelTracker;
import io.dockrelay.protocol.search.LineLevel;
import io.dockrelay.protocol.search.SearchFilter;

/**
 * Whether a line is a hit. Each line of a read is shown to it, in the order of the store, because the lines of a stack trace
 * depend on those before them. Allocates nothing for a line that is no hit, unless a regular expression has to decode it. For
 * one read.
 */
final class LineMatcher {

    private final SearchFilter filter;
    private final TextTerm[] terms;
    private final PlainText plain = new PlainText();
    private final Cancellation cancellation = new Cancellation();

    /** Null unless levels are asked for. */
    private final LevelTracker tracker;

    private final Set<LineLevel> levels = EnumSet.noneOf(LineLevel.class);

    /** The stream that is asked for; 0 for both. */
    private final char stream;

    /** Of the current line; null unless levels are asked for. */
    private LineLevel level;

    LineMatcher(CompiledFilter compiled) {
        filter = compiled.filter();
        terms = compiled.newTerms(cancellation).toArray(TextTerm[]::new);
        tracker = filter.levels().isEmpty() ? null : new LevelTracker();
        levels.addAll(filter.levels());
        stream = filter.stream() == null ? 0 : filter.stream().equals("stderr") ? 'e' : 'o';
    }

    /** When it is requested, the search of a line ends with an exception. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** The next line; it is valid until the one after it. */
    void show(Line line) {
        if (tracker != null) {
            plain.set(line.bytes, line.from, line.to);
            level = tracker.next(plain.bytes, plain.from, plain.to);
        }
    }

    /** Whether the line that was shown is a hit. */
    boolean matches(Line line) {
        if (stream != 0 && line.position.stream != stream) {
            return false;
        }
        if (tracker != null && (!levels.contains(level) || (!filter.traces() && tracker.continuesTrace()))) {
            return false;
        }
        if (tracker == null && terms.length > 0) {
            plain.set(line.bytes, line.from, line.to);
        }
        for (TextTerm term : terms) {
            if (!term.isIn(plain.bytes, plain.from, plain.to)) {
                return false;
            }
        }
        return true;
    }

    /** Of the line that was shown; null unless levels are asked for. */
    LineLevel level() {
        return level;
    }
}
