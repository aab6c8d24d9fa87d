package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A container is stopped and started, each after a quiet moment: how long after the engine's own time of the event a browser has its
 * {@code container_update}, beside when a raw reader of the engine's events hears of it.
 */
final class StateBenchmark implements Benchmark {

    private static final String PART = "state";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long DAY = 86_400_000_000_000L;
    private static final Duration APART = Duration.ofMillis(500);
    private static final String NAME = "switched";

    @Override
    public void run(Stage stage, Report report) throws Exception {
        stage.startOthers(stage.count(14, 2));
        stage.engine().run(NAME, "exec sleep 100000");
        try {
            for (Topology topology : stage.topologies()) {
                measure(stage, topology, report);
            }
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void measure(Stage stage, Topology topology, Report report) throws IOException {
        int times = stage.count(30, 2);
        int warming = stage.count(10, 1);
        var stops = new Moments(times);
        var starts = new Moments(times);
        try (Running program = stage.start(topology, NAME);
                TextReader events = TextReader.ofEvents(stage.engine().socket());
                TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile(NAME))) {
            var watched = new Watched(stage, events, browser);
            for (int i = -warming; i < times; i++) {
                long[] stopped = watched.change("die", "exited", "stop", "--time", "0", NAME);
                long[] started = watched.change("start", "running", "start", NAME);
                if (i >= 0) {
                    stops.take(i, stopped);
                    starts.take(i, started);
                }
            }
        }
        stops.report(topology + ", stop to container_update", report);
        starts.report(topology + ", start to container_update", report);
        stops.and(starts).report(topology + ", both", report);
    }

    /** Nanoseconds from the events' own times: to the browser's knowing, and to the raw reader's. */
    private record Moments(long[] ours, long[] raw) {

        Moments(int times) {
            this(new long[times], new long[times]);
        }

        void take(int which, long[] both) {
            ours[which] = both[0];
            raw[which] = both[1];
        }

        Moments and(Moments others) {
            return new Moments(
                    LongStream.concat(LongStream.of(ours), LongStream.of(others.ours))
                            .toArray(),
                    LongStream.concat(LongStream.of(raw), LongStream.of(others.raw))
                            .toArray());
        }

        void report(String what, Report report) {
            Percentiles seen = Percentiles.ofNanos(ours);
            Percentiles heard = Percentiles.ofNanos(raw);
            report.add(Figure.of(PART, what + ", p50", seen.p50(), "ms")
                    .beside("raw events", heard.p50())
                    .atMost(10));
            report.add(Figure.of(PART, what + ", p99", seen.p99(), "ms").beside("raw events", heard.p99()));
        }
    }

    /** One change at a time, seen by both. */
    private record Watched(Stage stage, TextReader events, TextReader browser) {

        /** Nanoseconds from the event's own time to the browser's knowing and to the raw reader's. */
        long[] change(String action, String status, String... command) {
            // The relay sends a browser a change at once, and the next one 100 ms later at the earliest.
            Stage.pass(APART);
            events.expect(Pattern.compile("\"Action\":\"" + action + "\"[^\\n]*?\"timeNano\":(\\d+)"));
            browser.expect(Pattern.compile("\"changes\":\\[.*\"currentStatus\":\"" + status + '"', Pattern.DOTALL));
            stage.engine().docker(command);
            TextReader.Sighting event = events.await(PATIENCE);
            TextReader.Sighting update = browser.await(PATIENCE);
            long happened = Long.parseLong(event.found().group(1)) % DAY;
            return new long[] {
                Math.floorMod(update.nanoOfDay() - happened, DAY), Math.floorMod(event.nanoOfDay() - happened, DAY)
            };
        }
    }
}
