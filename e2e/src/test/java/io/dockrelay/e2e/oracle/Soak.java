package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** The oracle from the command line, for any length; {@code e2e/soak} starts it. */
final class Soak {

    private Soak() {}

    /** Takes {@code --minutes N --seed S [--together | --cluster]}, already validated by {@code e2e/soak}. */
    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        Duration length = Duration.ofSeconds((long) (Double.parseDouble(after(options, "--minutes", "2")) * 60));
        long seed = Long.parseLong(after(options, "--seed", Long.toString(System.currentTimeMillis())));
        boolean clean = false;
        try {
            Verdict verdict = options.contains("--cluster")
                    ? new ClusterRun(seed, length).verdict()
                    : new Run(seed, length, options.contains("--together")).verdict();
            System.out.println(verdict.table());
            System.out.println(verdict.violations());
            write(verdict);
            clean = verdict.isClean();
        } catch (RuntimeException | Error failed) {
            failed.printStackTrace(System.out);
        }
        // Exits even if a thread is left.
        System.exit(clean ? 0 : 1);
    }

    private static String after(List<String> options, String option, String otherwise) {
        int index = options.indexOf(option);
        return index < 0 ? otherwise : options.get(index + 1);
    }

    private static void write(Verdict verdict) {
        try {
            Files.writeString(
                    verdict.folder().resolve("verdict.txt"),
                    verdict.table() + "\n" + verdict.violations() + "\n"
                            + String.join("\n", verdict.faults().lines()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
