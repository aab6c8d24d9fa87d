package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * State changes: a container is stopped and started, each after a quiet period. Measures the time from the engine's own
 * time of the event to the browser's {@code container_update}, compared with a raw reader of the engine's events. A
 * stop has two events: {@code die}, before the engine has updated the container's state, and {@code stop}, after that.
 * A browser may receive the update before the second event; that counts as zero.
 */
final class StateBenchmark implements Benchmark {

    private static final String PART = "state";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long DAY = 86_400_000_000_000L;
    private static final Duration APART = Duration.ofMillis(500);
    private static final String NAME = "switched";

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
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

    private static void measure(BenchContext stage, Topology topology, Report report) throws IOException {
        int times = stage.count(20, 2);
        int warming = stage.count(8, 1);
        List<Moment> ends = new ArrayList<>();
        List<Moment> stops = new ArrayList<>();
        List<Moment> starts = new ArrayList<>();
        try (StartedProgram program = stage.start(topology, NAME);
                TextReader events = TextReader.ofEvents(stage.engine().socket());
                TextReader browser = TextReader.ofBrowser(program.port(), Pattern.compile(NAME))) {
            var watched = new Watched(stage, events, browser);
            for (int i = -warming; i < times; i++) {
                Moment ended = watched.change("die", "exited", "stop", "--time", "0", NAME);
                Moment started = watched.change("start", "running", "start", NAME);
                Moment stopped = watched.change("stop", "exited", "stop", "--time", "0", NAME);
                Moment again = watched.change("start", "running", "start", NAME);
                if (i >= 0) {
                    ends.add(ended);
                    stops.add(stopped);
                    starts.addAll(List.of(started, again));
                }
            }
        }
        report(topology + ", die to container_update", ends, report);
        report(topology + ", stop to container_update", stops, report);
        report(topology + ", start to container_update", starts, report);
    }

    private static void report(String what, List<Moment> moments, Report report) {
        Percentiles ours =
                Percentiles.ofNanos(moments.stream().mapToLong(Moment::ours).toArray());
        Percentiles raw =
                Percentiles.ofNanos(moments.stream().mapToLong(Moment::raw).toArray());
        report.add(Figure.of(PART, what + ", p50", ours.p50(), "ms")
                .beside("raw events", raw.p50())
                .atMost(10));
        report.add(Figure.of(PART, what + ", p99", ours.p99(), "ms").beside("raw events", raw.p99()));
    }

    /** Nanoseconds from the event's own time to the browser's update, and to the raw reader's event. */
    private record Moment(long ours, long raw) {}

    /** Measures one change at a time, at both readers. */
    private record Watched(BenchContext stage, TextReader events, TextReader browser) {

        Moment change(String action, String status, String... command) {
            // The relay sends a change to a browser at once, and the next one at the earliest 100 ms later.
            BenchContext.pass(APART);
            events.expect(Pattern.compile("\"Action\":\"" + action + "\"[^\\n]*?\"timeNano\":(\\d+)"));
            browser.expect(Pattern.compile("\"changes\":\\[.*\"currentStatus\":\"" + status + '"', Pattern.DOTALL));
            stage.engine().docker(command);
            TextReader.Sighting event = events.await(PATIENCE);
            TextReader.Sighting update = browser.await(PATIENCE);
            long happened = Long.parseLong(event.found().group(1)) % DAY;
            return new Moment(delay(happened, update.nanoOfDay()), delay(happened, event.nanoOfDay()));
        }

        /** Nanoseconds from one time of day to a later one, also across midnight. */
        private static long delay(long happened, long nanoOfDay) {
            return Math.max(0, Math.floorMod(nanoOfDay - happened + DAY / 2, DAY) - DAY / 2);
        }
    }
}
