package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.dockrelay.e2e.oracle.BrowserEvent.Gap;
import io.dockrelay.e2e.oracle.Violation.Kind;

/**
 * Compares one browser's report of one log with what the engine stored: from the first line it got on, each line once,
 * in the engine's order, or inside a declared gap whose pages give it. Lines that the engine had deleted before they
 * could be read are nobody's fault. Pure; one instance a report.
 */
final class Judge {

    private final ExpectedLog obligation;
    private final Report report;
    private final BitSet delivered = new BitSet();
    private final List<Violation> objections = new ArrayList<>();

    /** Every gap so far. */
    private final Set<Gap> known = new HashSet<>();

    /** The newest of them; null before the first. */
    private Gap latest;

    /** Gaps that were declared since the last line. */
    private final List<Gap> gaps = new ArrayList<>();

    /** The place of the line that must come next; negative before the first one. */
    private int next = -1;

    private int start;
    private Line last;
    private long repeated;
    private long lost;
    private long gapped;
    private long filled;
    private long deleted;
    private long vain;

    private Judge(ExpectedLog obligation, Report report) {
        this.obligation = obligation;
        this.report = report;
    }

    /** @param end nano time at which everything had to be there */
    static Tally judge(ExpectedLog obligation, Report report, long end) {
        return new Judge(obligation, report).all(end);
    }

    private Tally all(long end) {
        List<BrowserEvent> sightings = report.sightings();
        for (int i = 0; i < sightings.size(); i++) {
            BrowserEvent sighting = sightings.get(i);
            if (sighting instanceof BrowserEvent.Snapshot snapshot && Boolean.FALSE.equals(snapshot.resumed())) {
                // Its gap follows it, and stands for what is missing before its lines.
                gapBehind(sightings, i);
            }
            if (sighting instanceof Gap gap) {
                declare(gap);
            }
            sighting.seen().forEach(line -> line(line, sighting.at()));
        }
        if (next >= 0 && next < obligation.due()) {
            hole(obligation.due(), null, end);
        }
        endOfGaps(false);
        long owed = next < 0 ? 0 : Math.max(next, obligation.due()) - start;
        return new Tally(
                owed, delivered.cardinality(), repeated, lost, gapped, filled, deleted, known.size(), vain, objections);
    }

    private void gapBehind(List<BrowserEvent> sightings, int snapshot) {
        for (int i = snapshot + 1; i < sightings.size() && !(sightings.get(i) instanceof BrowserEvent.Asked); i++) {
            if (sightings.get(i) instanceof Gap gap) {
                declare(gap);
                return;
            }
            if (!sightings.get(i).seen().isEmpty()) {
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
        Integer place = obligation.place(line);
        if (place == null) {
            object(Kind.FOREIGN, 1, at, line, null, null);
        } else if (next < 0) {
            start = place;
            next = place + 1;
            endOfGaps(false);
        } else if (place >= next) {
            boolean missing = place > next;
            if (missing) {
                hole(place, line, at);
            }
            next = place + 1;
            endOfGaps(missing);
        } else if (delivered.get(place)) {
            repeated++;
            object(Kind.REPEATED, 1, at, line, null, behindLatest("it came before"));
        } else if (place < start) {
            object(Kind.DISORDERED, 1, at, line, null, behindLatest("it stands before this browser's first line"));
        } else {
            object(Kind.DISORDERED, 1, at, line, null, behindLatest("it was missing until now"));
        }
        if (place != null) {
            delivered.set(place);
        }
        last = line;
    }

    private String behindLatest(String what) {
        return latest == null
                ? what
                : what + "; the latest gap was " + latest.reason() + " from " + latest.from() + " to " + latest.to();
    }

    private void endOfGaps(boolean used) {
        vain += used ? 0 : gaps.size();
        gaps.clear();
    }

    /** Everything from {@link #next} up to a place did not come. */
    private void hole(int end, Line then, long at) {
        if (gaps.isEmpty()) {
            unsaid(end, then, at);
        } else {
            said(end, then, at);
        }
    }

    private void unsaid(int end, Line then, long at) {
        int count = 0;
        Line first = null;
        for (int place = next; place < end; place++) {
            StoredLine owed = obligation.at(place);
            if (owed.segment().goneBy(at)) {
                deleted++;
            } else {
                first = first == null ? owed.line() : first;
                count++;
            }
        }
        lost += count;
        if (count > 0) {
            object(Kind.LOST, count, at, first, then, null);
        }
    }

    private void said(int end, Line then, long at) {
        Set<Line> given = new HashSet<>();
        gaps.stream()
                .filter(gap -> gap.fill().isComplete())
                .forEach(gap -> given.addAll(gap.fill().result().lines()));
        int count = 0;
        Line first = null;
        for (int place = next; place < end; place++) {
            StoredLine owed = obligation.at(place);
            gapped++;
            if (given.contains(owed.line())) {
                filled++;
            } else if (gaps.stream().allMatch(gap -> wasGone(owed, gap.fill()))) {
                deleted++;
            } else {
                first = first == null ? owed.line() : first;
                count++;
            }
        }
        if (count > 0) {
            object(Kind.NOT_FILLED, count, at, first, then, gaps.toString());
        }
        twice(given, end, then, at);
    }

    private static boolean wasGone(StoredLine owed, GapFill fill) {
        return fill.isComplete()
                && fill.result().failure() == null
                && owed.segment().goneBy(fill.result().ended());
    }

    private void twice(Set<Line> given, int end, Line then, long at) {
        List<Line> again = given.stream()
                .filter(line -> obligation.place(line) != null)
                .filter(line -> obligation.place(line) < next || obligation.place(line) >= end)
                .toList();
        if (!again.isEmpty()) {
            object(Kind.FILLED_TWICE, again.size(), at, again.getFirst(), then, gaps.toString());
        }
    }

    private void object(Kind kind, int count, long at, Line first, Line then, String detail) {
        var objection = new Violation(kind, report.browser(), report.service(), count, at, first, last, then, detail);
        if (!objections.isEmpty() && objections.getLast().isContinuedBy(objection)) {
            objections.add(objections.removeLast().and(objection));
        } else {
            objections.add(objection);
        }
    }
}
