package io.dockrelay.e2e.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;

/**
 * {@code ./bench}: runs the named parts, or all, on an engine of its own, and prints a table. A missed goal gets a profile
 * and the exit code 1. A run of all parts with the program's own flags also writes {@link ResultsPage}.
 */
public final class Bench {

    private static final String QUICK = "--quick";
    private static final String NO_PROFILE = "--no-profile";
    private static final List<String> OPTIONS = List.of(QUICK, NO_PROFILE);
    private static final Path PAGE = Checkout.root().resolve("docs/bench/results.md");
    private static final int MISSED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws Exception {
        List<Part> parts = new ArrayList<>();
        for (String argument : arguments) {
            Part part = Part.named(argument);
            if (part != null) {
                parts.add(part);
            } else if (!OPTIONS.contains(argument)) {
                System.err.println("There is no part \"" + argument + "\"; the parts are " + Part.names() + ".");
                return USAGE;
            }
        }
        boolean quick = arguments.contains(QUICK);
        boolean profiles = !quick && !arguments.contains(NO_PROFILE);
        return measure(parts.isEmpty() ? List.of(Part.values()) : parts, quick, profiles);
    }

    private static int measure(List<Part> parts, boolean quick, boolean profiles) throws Exception {
        var report = Report.aloud();
        String javaOptions = System.getenv().getOrDefault("JAVA_OPTS", "");
        try (TestEngine engine = TestEngine.create()) {
            Map<String, String> settings = Machine.describe(engine, javaOptions, quick);
            var context = new BenchContext(engine, quick, javaOptions);
            for (Part part : parts) {
                System.err.println("> " + part);
                part.benchmark().run(context, report);
            }
            settings.forEach((key, value) -> System.out.println(key + ": " + value));
            System.out.println("\n" + report.table());
            Path json = Checkout.root().resolve(quick ? ".run/bench-quick.json" : ".run/bench.json");
            report.writeJson(json, settings);
            announce(json);
            var page = new ResultsPage(settings, report.table());
            if (profiles) {
                explain(report, context, page);
            }
            if (!quick && javaOptions.isEmpty() && parts.containsAll(List.of(Part.values()))) {
                page.write(PAGE);
                announce(PAGE);
            }
        }
        return quick || report.missed().isEmpty() ? 0 : MISSED;
    }

    private static void announce(Path file) {
        System.out.println("Written: " + Checkout.root().relativize(file));
    }

    /** For each part that missed a goal: where the time goes. */
    private static void explain(Report report, BenchContext context, ResultsPage page) throws Exception {
        for (Part part : Part.values()) {
            boolean missed =
                    report.missed().stream().anyMatch(figure -> figure.part().equals(part.toString()));
            if (missed) {
                System.err.println("> " + part + " again, for a profile");
                String profile = new Profile(part).take(context);
                System.out.println("\nWhere the CPU time goes in " + part + ":\n" + profile);
                page.add(part, profile);
            }
        }
    }
}
