package io.dockrelay.e2e.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;

/**
 * {@code ./bench}: runs the parts that are named, or all, on an engine of its own, and prints a table. Figures that missed
 * their goal end it with 1, so that a script notices.
 */
public final class Bench {

    private static final int MISSED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws Exception {
        boolean quick = arguments.contains("--quick");
        List<Part> parts = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals("--quick")) {
                Part part = Part.named(argument);
                if (part == null) {
                    System.err.println("bench does not know \"" + argument + "\"; it knows " + Part.names() + ".");
                    return USAGE;
                }
                parts.add(part);
            }
        }
        return measure(parts.isEmpty() ? List.of(Part.values()) : parts, quick);
    }

    private static int measure(List<Part> parts, boolean quick) throws Exception {
        var report = new Report();
        String javaOptions = System.getenv().getOrDefault("JAVA_OPTS", "");
        Map<String, String> settings;
        try (TestEngine engine = TestEngine.create()) {
            settings = Machine.describe(engine, javaOptions, quick);
            settings.forEach((key, value) -> System.err.println(key + ": " + value));
            var stage = new Stage(engine, quick, javaOptions);
            for (Part part : parts) {
                System.err.println("> " + part);
                part.benchmark().run(stage, report);
            }
        }
        Path json = Checkout.root().resolve(quick ? ".run/bench-quick.json" : ".run/bench.json");
        report.writeJson(json, settings);
        settings.forEach((key, value) -> System.out.println(key + ": " + value));
        System.out.println("\n" + report.table());
        System.out.println("The same as JSON: " + Checkout.root().relativize(json));
        return quick || report.missed().isEmpty() ? 0 : MISSED;
    }
}
