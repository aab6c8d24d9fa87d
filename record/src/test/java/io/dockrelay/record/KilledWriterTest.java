package io.dockrelay.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.dockrelay.record.TestRecord.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** A process that appends without a pause is killed at 50 points; the chain holds after each, with every acknowledged entry. */
class KilledWriterTest {

    private static final int KILLS = 50;

    @TempDir
    Path folder;

    /** The process: prints each sequence that is acknowledged. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            var record = new TestRecord(Path.of(arguments[0]), Optional.of(KEY));
            try (RecordJournal journal = record.open(new RecordLimits(8_000, 3))) {
                for (int i = 0; ; i++) {
                    List<RecordEntry> entries = new ArrayList<>();
                    for (int j = 0; j <= i % 5; j++) {
                        entries.add(TestRecord.entry("web-" + i));
                    }
                    System.out.println(journal.append(entries).getLast());
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void chainHoldsAfterEachOfFiftyKills() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var record = new TestRecord(folder, Optional.of(KEY));
        long last = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = runAndKill(random.nextInt(10), random.nextInt(1_000_000));

            RecordVerdict verdict = record.verdict();
            assertThat(verdict.findings()).as("kill %d, seed %d", kill, seed).isEmpty();
            assertThat(verdict.last()).as("kill %d, seed %d", kill, seed).isGreaterThanOrEqualTo(acknowledged);
            assertThat(acknowledged).isGreaterThan(last);
            last = acknowledged;
        }
        record.write(1);
        assertThat(record.verdict().findings()).isEmpty();
    }

    /** Returns the last sequence that the process has acknowledged. */
    private long runAndKill(int appends, int nanos) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(100_000);
        Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
        long acknowledged = 0;
        try {
            for (int i = 0; i <= appends; i++) {
                String line = lines.poll(20, TimeUnit.SECONDS);
                assertThat(line).as("the writer's output").matches("\\d+");
                acknowledged = Long.parseLong(line);
            }
            long until = System.nanoTime() + nanos;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            reader.join();
        }
        assertThat(process.exitValue()).isEqualTo(128 + 9);
        return lines.stream()
                .filter(later -> later.matches("\\d+"))
                .map(Long::valueOf)
                .reduce(acknowledged, Math::max);
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader output = process.inputReader()) {
            // Without a newline the number may be half of one.
            StringBuilder line = new StringBuilder();
            for (int read = output.read(); read >= 0; read = output.read()) {
                if (read == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) read);
                }
            }
        } catch (IOException ended) {
            lines.add("(its output ended: " + ended.getMessage() + ")");
        }
    }
}
