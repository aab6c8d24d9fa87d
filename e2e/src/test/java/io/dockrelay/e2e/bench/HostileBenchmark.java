package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hostile backlogs: a container has printed 150 lines of 1 MB, and eight browsers ask for 10,000 lines of it. Meanwhile a
 * ninth opens the log of another container, which is small. Measures the time from its request to its snapshot, compared
 * with the same while no other browser reads, and the time to the last of the eight snapshots.
 */
final class HostileBenchmark implements Benchmark {

    private static final String PART = "hostile";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTED = Pattern.compile("container_update");
    private static final Pattern SNAPSHOT = Pattern.compile("log_snapshot");
    private static final int READERS = 8;
    private static final int LONG_LINES = 150;

    /** A channel without a subscriber is closed after a second: each opening then needs a tail of its own. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(1_500);

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        int lines = stage.count(LONG_LINES, 12);
        stage.engine()
                .run(
                        "hostile",
                        "for i in $(seq 1 " + lines + "); do head -c 1000000 /dev/zero | tr '\\0' x; echo; done");
        stage.engine().run("small", "seq 1 20; sleep 100000");
        stage.engine().awaitExit("hostile");
        try {
            for (Topology topology : stage.topologies()) {
                measure(stage, topology, report);
            }
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void measure(BenchContext stage, Topology topology, Report report) throws IOException {
        try (StartedProgram program = stage.start(topology, "small")) {
            var rounds = new Rounds(program.port(), stage.count(20, 2));
            rounds.warmUp();
            double alone = Percentiles.median(rounds.alone().stream().mapToDouble(Double::doubleValue));
            List<Round> beside = rounds.beside();
            double small = Percentiles.median(beside.stream().mapToDouble(Round::smallMillis));
            double last = Percentiles.median(beside.stream().mapToDouble(Round::lastMillis));
            report.add(Figure.of(PART, topology + ", small log beside 8 huge backlogs, p50", small, "ms")
                    .beside("alone", alone));
            report.add(Figure.of(PART, topology + ", beside ÷ alone", small / alone, "")
                    .beside("alone", 1.0)
                    .atMost(3));
            report.add(Figure.of(PART, topology + ", last of the 8 huge snapshots, p50", last, "ms"));
        }
    }

    private record Round(double smallMillis, double lastMillis) {}

    /** Of the small log, in nanoseconds of the day. */
    private record Opening(long asked, long seen) {

        double millis() {
            return (seen - asked) / 1e6;
        }
    }

    /** The same openings again and again. */
    private record Rounds(int port, int count) {

        void warmUp() throws IOException {
            for (int i = 0; i < count; i++) {
                var unused = open(List.of());
            }
        }

        List<Double> alone() throws IOException {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                times.add(open(List.of()).millis());
            }
            return times;
        }

        List<Round> beside() throws IOException {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                List<TextReader> readers = new ArrayList<>();
                try {
                    while (readers.size() < READERS) {
                        readers.add(listed());
                    }
                    rounds.add(round(readers));
                } finally {
                    for (TextReader reader : readers) {
                        reader.close();
                    }
                }
            }
            return rounds;
        }

        private Round round(List<TextReader> readers) throws IOException {
            Opening small = open(readers);
            long last = small.asked();
            for (TextReader reader : readers) {
                last = Math.max(last, reader.await(PATIENCE).nanoOfDay());
            }
            return new Round(small.millis(), (last - small.asked()) / 1e6);
        }

        /** Opens the small log, right after each of the readers has asked for the hostile one. */
        private Opening open(List<TextReader> readers) throws IOException {
            BenchContext.pass(BETWEEN_ROUNDS);
            try (TextReader browser = listed()) {
                for (TextReader reader : readers) {
                    subscribe(reader, "hostile", 10_000);
                }
                long asked = WallClock.nanoOfDay();
                subscribe(browser, "small", 100);
                return new Opening(asked, browser.await(PATIENCE).nanoOfDay());
            }
        }

        private TextReader listed() throws IOException {
            TextReader browser = TextReader.ofBrowser(port, LISTED);
            browser.await(PATIENCE);
            return browser;
        }

        private static void subscribe(TextReader browser, String container, int lines) throws IOException {
            browser.expect(SNAPSHOT);
            browser.send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":" + lines + "}");
        }
    }
}
