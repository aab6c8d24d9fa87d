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
 * A CPU profile of a part of the bench: runs the part again with the JVM's flight recorder and discards its figures.
 * One recording per process, in {@code .run/bench-profile/}.
 */
final class Profile {

    /** Otherwise the JVM ends idle compiler threads, and their CPU time is missing. */
    private static final String COMPILERS_STAY = " -XX:-UseDynamicNumberOfCompilerThreads";

    private final Part part;
    private final Path folder;

    Profile(Part part) {
        this.part = part;
        this.folder = Checkout.root().resolve(".run/bench-profile").resolve(part.toString());
    }

    /** CPU time by kind of thread, and the most frequent methods of the process that used the most. */
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
