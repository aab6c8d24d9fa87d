package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.dockrelay.e2e.harness.Checkout;

/**
 * Where the program's CPU time goes in a part of the bench: the part once more, with the JVM's flight recorder on, whose
 * figures are thrown away. One recording a process, in {@code .run/bench-profile/}.
 */
final class Profile {

    /** Else the JVM ends its compiler's threads when there is little to do, and what they did is nobody's. */
    private static final String COMPILERS_STAY = " -XX:-UseDynamicNumberOfCompilerThreads";

    private final Part part;
    private final Path folder;

    Profile(Part part) {
        this.part = part;
        this.folder = Checkout.root().resolve(".run/bench-profile").resolve(part.toString());
    }

    /** What the threads did, and the methods that were seen most often, of the process that did most. */
    String take(BenchContext stage) throws Exception {
        clear();
        String recorder = "-XX:StartFlightRecording:filename=" + folder
                + "/%p.jfr,jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms";
        var threads = new ThreadTimes();
        part.benchmark().run(stage.watched(threads, recorder + COMPILERS_STAY), Report.unheard());
        try (Stream<Path> recordings = Files.list(folder)) {
            Path busiest =
                    recordings.max(Comparator.comparingLong(Profile::size)).orElseThrow();
            return threads.text() + view(busiest);
        }
    }

    private void clear() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> before = Files.list(folder)) {
            for (Path recording : before.toList()) {
                Files.delete(recording);
            }
        }
    }

    private static String view(Path recording) throws IOException, InterruptedException {
        String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        Process view = new ProcessBuilder(
                        List.of(jfr, "view", "--width", "140", "cpu-time-hot-methods", recording.toString()))
                .redirectErrorStream(true)
                .start();
        String text = new String(view.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (view.waitFor() != 0) {
            return "No profile: " + text;
        }
        return text;
    }

    private static long size(Path recording) {
        return recording.toFile().length();
    }
}
