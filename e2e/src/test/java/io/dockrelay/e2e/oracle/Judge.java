package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.dockrelay.e2e.oracle.BrowserEvent.Gap;
import io.dockrelay.e2e.oracle.Violation.Kind;

/**
 * Compares one browser's report of one log with what the engine stored. From the browser's first line on, each stored
 * line must arrive once, in the engine's order, or be in a declared gap whose pages contain it. Lines that the engine
 * deleted before they could be read are no violation. No I/O; one instance per report.
 */
final class Judge {

    private final ExpectedLog expected;
    private final Report report;
    private final BitSet delivered = new BitSet();
    private final List<Violation> violations = new ArrayList<>();

    /** All gaps so far. */
    private final Set<Gap> known = new HashSet<>();

    /** The newest gap; null before the first. */
    private Gap latest;

    /** Gaps declared since the last line. */
    private final List<Gap> gaps = new ArrayList<>();

    /** The position of the line that must come next; negative before the first one. */
    private int next = -1;

    private int start;
    private Line last;
    private long repeated;
    private long lost;
    private long gapped;
    private long filled;
    private long deleted;
    private long unneeded;

    private Judge(ExpectedLog expected, Report report) {
        this.expected = expected;
        this.report = report;
    }

    /** @param end nano time at which everything must have arrived */
    static Tally judge(ExpectedLog expected, Report report, long end) {
        return new Judge(expected, report).all(end);
    }

    private Tally all(long end) {
        List<BrowserEvent> events = report.events();
        for (int i = 0; i < events.size(); i++) {
            BrowserEvent event = events.get(i);
            if (event instanceof BrowserEvent.Snapshot snapshot && Boolean.FALSE.equals(snapshot.resumed())) {
                // Its gap follows it, and declares what is missing before its lines.
                gapAfter(events, i);
            }
            if (event instanceof Gap gap) {
                declare(gap);
            }
            event.seen().forEach(line -> line(line, event.at()));
        }
        if (next >= 0 && next < expected.due()) {
            hole(expected.due(), null, end);
        }
        endOfGaps(false);
        long stored = next < 0 ? 0 : Math.max(next, expected.due()) - start;
        return new Tally(
                stored,
                delivered.cardinality(),
                repeated,
                lost,
                gapped,
                filled,
                deleted,
                known.size(),
                unneeded,
                violations);
    }

    private void gapAfter(List<BrowserEvent> events, int snapshot) {
        for (int i = snapshot + 1; i < events.size() && !(events.get(i) instanceof BrowserEvent.Subscribed); i++) {
            if (events.get(i) instanceof Gap gap) {
                declare(gap);
                return;
            }
            if (!events.get(i).seen().isEmpty()) {
                return;
            }
        }
    }

    private void declare(Gap gap) {
        if (known.add(gap)) {
            latest = gap;
            gaps.add(gap);
        }
    }

    private void line(Line line, long at) {
        Integer position = expected.position(line);
        if (position == null) {
            addViolation(Kind.FOREIGN, 1, at, line, null, null);
        } else if (next < 0) {
            start = position;
            next = position + 1;
            endOfGaps(false);
        } else if (position >= next) {
            boolean missing = position > next;
            if (missing) {
                hole(position, line, at);
            }
            next = position + 1;
            endOfGaps(missing);
        } else if (delivered.get(position)) {
            repeated++;
            addViolation(Kind.REPEATED, 1, at, line, null, withLatestGap("it arrived before"));
        } else if (position < start) {
            addViolation(Kind.DISORDERED, 1, at, line, null, withLatestGap("it is before this browser's first line"));
        } else {
            addViolation(Kind.DISORDERED, 1, at, line, null, withLatestGap("it was missing until now"));
        }
        if (position != null) {
            delivered.set(position);
        }
        last = line;
    }

    private String withLatestGap(String what) {
        return latest == null
                ? what
                : what + "; the latest gap was " + latest.reason() + " from " + latest.from() + " to " + latest.to();
    }

    private void endOfGaps(boolean used) {
        unneeded += used ? 0 : gaps.size();
        gaps.clear();
    }

    /** The lines from {@link #next} up to a position did not arrive. */
    private void hole(int end, Line then, long at) {
        if (gaps.isEmpty()) {
            undeclared(end, then, at);
        } else {
            declared(end, then, at);
        }
    }

    private void undeclared(int end, Line then, long at) {
        int count = 0;
        Line first = null;
        for (int position = next; position < end; position++) {
            StoredLine stored = expected.at(position);
            if (stored.segment().goneBy(at)) {
                deleted++;
            } else {
                first = first == null ? stored.line() : first;
                count++;
            }
        }
        lost += count;
        if (count > 0) {
            addViolation(Kind.LOST, count, at, first, then, null);
        }
    }

    private void declared(int end, Line then, long at) {
        Set<Line> fetched = new HashSet<>();
        gaps.stream()
                .filter(gap -> gap.fill().isComplete())
                .forEach(gap -> fetched.addAll(gap.fill().result().lines()));
        int count = 0;
        Line first = null;
        for (int position = next; position < end; position++) {
            StoredLine stored = expected.at(position);
            gapped++;
            if (fetched.contains(stored.line())) {
                filled++;
            } else if (gaps.stream().allMatch(gap -> wasGone(stored, gap.fill()))) {
                deleted++;
            } else {
                first = first == null ? stored.line() : first;
                count++;
            }
        }
        if (count > 0) {
            addViolation(Kind.NOT_FILLED, count, at, first, then, gaps.toString());
        }
        twice(fetched, end, then, at);
    }

    private static boolean wasGone(StoredLine stored, GapFill fill) {
        return fill.isComplete()
                && fill.result().failure() == null
                && stored.segment().goneBy(fill.result().ended());
    }

    private void twice(Set<Line> fetched, int end, Line then, long at) {
        List<Line> again = fetched.stream()
                .filter(line -> expected.position(line) != null)
                .filter(line -> expected.position(line) < next || expected.position(line) >= end)
                .toList();
        if (!again.isEmpty()) {
            addViolation(Kind.FILLED_TWICE, again.size(), at, again.getFirst(), then, gaps.toString());
        }
    }

    private void addViolation(Kind kind, int count, long at, Line first, Line then, String detail) {
        var violation = new Violation(kind, report.browser(), report.service(), count, at, first, last, then, detail);
        if (!violations.isEmpty() && violations.getLast().isContinuedBy(violation)) {
            violations.add(violations.removeLast().and(violation));
        } else {
            violations.add(violation);
        }
    }
}
