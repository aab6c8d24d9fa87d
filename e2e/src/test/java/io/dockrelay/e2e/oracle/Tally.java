package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * The judge's sums over any number of logs.
 *
 * @param owed lines that the engine stored, from a browser's first one on
 * @param deleted lines that the engine deleted before they were read, in declared gaps or not
 * @param gaps that were declared
 * @param vain of those, gaps in which nothing is missing
 */
record Tally(
        long owed,
        long delivered,
        long repeated,
        long lost,
        long gapped,
        long filled,
        long deleted,
        long gaps,
        long vain,
        List<Violation> objections) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    Tally plus(Tally other) {
        List<Violation> all = new ArrayList<>(objections);
        all.addAll(other.objections);
        return new Tally(
                owed + other.owed,
                delivered + other.delivered,
                repeated + other.repeated,
                lost + other.lost,
                gapped + other.gapped,
                filled + other.filled,
                deleted + other.deleted,
                gaps + other.gaps,
                vain + other.vain,
                List.copyOf(all));
    }

    boolean isClean() {
        return objections.isEmpty();
    }
}
