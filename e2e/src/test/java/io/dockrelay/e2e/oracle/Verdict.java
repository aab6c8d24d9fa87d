package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The result of a run.
 *
 * @param folder with the logs of all processes
 * @param tallies by browser
 * @param problems that do not concern single lines
 * @param memory one line per measurement
 */
record Verdict(
        long seed,
        boolean together,
        Path folder,
        Map<String, Tally> tallies,
        List<String> problems,
        FaultLog faults,
        Resumes resumes,
        List<String> memory) {

    private static final int MAX_SHOWN = 30;
    private static final String ROW = "| %-10s | %9s | %9s | %8s | %6s | %7s | %7s | %7s | %5s | %5s |%n";

    boolean isClean() {
        return problems.isEmpty() && sum().isClean();
    }

    Tally sum() {
        return tallies.values().stream().reduce(Tally.NOTHING, Tally::plus);
    }

    /** The judge's table, the faults, the worst resume and the memory. */
    String table() {
        var text = new StringBuilder();
        text.append(ROW.formatted(
                "browser",
                "expected",
                "delivered",
                "repeated",
                "lost",
                "gapped",
                "filled",
                "deleted",
                "gaps",
                "unused"));
        text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
        tallies.forEach((browser, tally) -> text.append(row(browser, tally)));
        text.append(row("all", sum()));
        text.append("\nfaults: ");
        var counts = new StringJoiner(", ");
        faults.counts().forEach((kind, count) -> counts.add(kind + " " + count));
        text.append(counts);
        text.append("\nworst resume: ").append(resumes);
        memory.forEach(line -> text.append("\nmemory: ").append(line));
        return text.append('\n').toString();
    }

    /** All violations, each with the faults near it; empty when there is none. */
    String violations() {
        var text = new StringJoiner("\n");
        problems.forEach(problem -> text.add("PROBLEM: " + problem));
        List<Violation> all = sum().violations();
        all.stream().limit(MAX_SHOWN).forEach(violation -> {
            text.add(violation.toString());
            text.add("      seen at " + faults.clock(violation.at()) + "; faults near it:");
            faults.near(violation.at()).forEach(fault -> text.add("        " + fault));
        });
        if (all.size() > MAX_SHOWN) {
            text.add("and " + (all.size() - MAX_SHOWN) + " more");
        }
        if (text.length() > 0) {
            text.add("seed " + seed + "; the logs of all processes are in " + folder);
        }
        return text.toString();
    }

    private static String row(String browser, Tally tally) {
        return ROW.formatted(
                browser,
                tally.expected(),
                tally.delivered(),
                tally.repeated(),
                tally.lost(),
                tally.gapped(),
                tally.filled(),
                tally.deleted(),
                tally.gaps(),
                tally.unneeded());
    }
}
