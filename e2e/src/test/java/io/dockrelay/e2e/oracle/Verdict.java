package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What came of a run.
 *
 * @param folder with the logs of all processes
 * @param tallies of each browser
 * @param problems that are nobody's lines
 * @param memory in a line each
 */
record Verdict(
        long seed,
        boolean together,
        Path folder,
        Map<String, Tally> tallies,
        List<String> problems,
        FaultDiary diary,
        Resumes resumes,
        List<String> memory) {

    private static final int MOST_SHOWN = 30;
    private static final String ROW = "| %-10s | %9s | %9s | %8s | %6s | %7s | %7s | %7s | %5s | %5s |%n";

    boolean isClean() {
        return problems.isEmpty() && sum().isClean();
    }

    Tally sum() {
        return tallies.values().stream().reduce(Tally.NOTHING, Tally::plus);
    }

    /** The judge's table and everything beside it. */
    String table() {
        var text = new StringBuilder();
        text.append(ROW.formatted(
                "browser", "owed", "delivered", "repeated", "lost", "gapped", "filled", "deleted", "gaps", "vain"));
        text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
        tallies.forEach((browser, tally) -> text.append(row(browser, tally)));
        text.append(row("all", sum()));
        text.append("\nfaults: ");
        var faults = new StringJoiner(", ");
        diary.counts().forEach((kind, count) -> faults.add(kind + " " + count));
        text.append(faults);
        text.append("\nworst resume: ").append(resumes);
        memory.forEach(line -> text.append("\nmemory: ").append(line));
        return text.append('\n').toString();
    }

    /** Every objection, with what was near it; empty when there is none. */
    String objections() {
        var text = new StringJoiner("\n");
        problems.forEach(problem -> text.add("PROBLEM: " + problem));
        List<Violation> all = sum().objections();
        all.stream().limit(MOST_SHOWN).forEach(objection -> {
            text.add(objection.toString());
            text.add("      seen at " + diary.clock(objection.at()) + "; faults near it:");
            diary.near(objection.at()).forEach(fault -> text.add("        " + fault));
        });
        if (all.size() > MOST_SHOWN) {
            text.add("and " + (all.size() - MOST_SHOWN) + " more");
        }
        if (text.length() > 0) {
            text.add("seed " + seed + "; the logs of all processes are in " + folder);
        }
        return text.toString();
    }

    private static String row(String browser, Tally tally) {
        return ROW.formatted(
                browser,
                tally.owed(),
                tally.delivered(),
                tally.repeated(),
                tally.lost(),
                tally.gapped(),
                tally.filled(),
                tally.deleted(),
                tally.gaps(),
                tally.vain());
    }
}
