package io.dockrelay.e2e.openapi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;

/**
 * The fuzzer, in a Python environment of its own below {@code .run/}, with the versions and hashes of {@code
 * e2e/schemathesis/requirements.txt}.
 */
final class Schemathesis {

    private static final Path FOLDER = Checkout.root().resolve("e2e/schemathesis");

    private final Path environment;

    private Schemathesis(Path environment) {
        this.environment = environment;
    }

    /** That which {@code e2e/fuzz-rest} has installed. */
    static Schemathesis installed() {
        String environment = System.getProperty("schemathesis.environment");
        if (environment == null) {
            throw new AssertionError("e2e/fuzz-rest installs Schemathesis and runs this class.");
        }
        return new Schemathesis(Path.of(environment));
    }

    /**
     * Attacks a program, and fails with the fuzzer's report if an answer is not as the file says.
     *
     * @param file such as {@code docs/openapi.yaml}
     * @param options besides those of the configuration
     * @return what the fuzzer writes
     */
    String attack(String file, String url, long seed, Duration atMost, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                environment.resolve("bin/schemathesis").toString(),
                "--config-file",
                FOLDER.resolve("schemathesis.toml").toString(),
                "run",
                "--url",
                url,
                "--seed",
                Long.toString(seed),
                "--max-time",
                Long.toString(atMost.toSeconds()),
                "--no-color"));
        command.addAll(options);
        command.add(Checkout.root().resolve(file).toString());
        return run(
                "schemathesis",
                command,
                atMost.multipliedBy(3).plusSeconds(60),
                "An answer is not as " + file + " says; e2e/fuzz-rest --seed " + seed + " repeats this.");
    }

    private static String run(String name, List<String> command, Duration atMost, String otherwise) {
        try (Program program = Program.run(name, Map.of("PYTHONDONTWRITEBYTECODE", "1"), command)) {
            int exitCode = program.awaitExit(atMost);
            String output = program.wholeOutput();
            if (exitCode != 0) {
                throw new AssertionError(otherwise + "\n" + output);
            }
            return output;
        }
    }
}
