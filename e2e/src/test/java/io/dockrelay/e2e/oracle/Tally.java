package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * The judge's counts, summed over any number of logs.
 *
 * @param expected lines that the engine stored, from a browser's first one on
 * @param deleted lines that the engine deleted before they were read, in declared gaps or not
 * @param gaps number of declared gaps
 * @param unneeded declared gaps in which no line is missing
 */
record Tally(
        long expected,
        long delivered,
        long repeated,
        long lost,
        long gapped,
        long filled,
        long deleted,
        long gaps,
        long unneeded,
        List<Violation> violations) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    Tally plus(Tally other) {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(other.violations);
        return new Tally(
                expected + other.expected,
                delivered + other.delivered,
                repeated + other.repeated,
                lost + other.lost,
                gapped + other.gapped,
                filled + other.filled,
                deleted + other.deleted,
                gaps + other.gaps,
                unneeded + other.unneeded,
                List.copyOf(all));
    }

    boolean isClean() {
        return violations.isEmpty();
    }
}
