package io.dockrelay.e2e.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Latency: the age of a line when a client of the relay receives it, from the engine's own timestamp, compared with a
 * raw reader of the engine's API that follows the same container at the same time. Each is one thread of this process,
 * with the same loop; the program adds the difference of their percentiles. One container writes; fourteen others write
 * a line per second.
 */
final class LatencyBenchmark implements Benchmark {

    private static final String PART = "latency";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OTHERS = 14;
    private static final int SLOW = 100;
    private static final int FAST = 10_000;

    @Override
    public void run(BenchContext stage, Report report) throws Exception {
        stage.startOthers(stage.count(OTHERS, 2));
        try {
            for (Topology topology : stage.topologies()) {
                measure(stage, topology, report);
            }
            pollingReader(stage, report);
        } finally {
            stage.engine().removeContainers();
        }
    }

    private static void measure(BenchContext stage, Topology topology, Report report) throws IOException {
        try (StartedProgram program = stage.start(topology, "other-1")) {
            for (LineKind kind : LineKind.values()) {
                String name = "talker-" + kind.name().toLowerCase(java.util.Locale.ROOT);
                try (FedContainer container = FedContainer.start(stage.engine(), name, kind)) {
                    program.awaitListed(name);
                    try (LineReader raw = LineReader.ofEngine(stage.engine().socket(), container.id());
                            LineReader relay = LineReader.ofRelay(program.port(), name)) {
                        new EngineStreams(stage.engine(), container.id()).await(2);
                        new Pair(stage, topology, kind, container, raw, relay).measure(report);
                    }
                }
            }
        }
    }

    /** Two readers of one container. */
    private record Pair(
            BenchContext stage,
            Topology topology,
            LineKind kind,
            FedContainer container,
            LineReader raw,
            LineReader relay) {

        void measure(Report report) throws IOException {
            // A warm-up at the same pace, so that both readers and the program run compiled code.
            container.pace(2_000, stage.seconds(6));
            container.pace(SLOW, stage.seconds(3));
            caughtUp();
            String where = topology + ", " + kind + " lines, ";
            at(SLOW, stage.seconds(20), where + SLOW + "/s", report);
            at(FAST, stage.seconds(5), where + FAST + "/s", report);
        }

        private void at(int rate, Duration duration, String where, Report report) throws IOException {
            Recording rawLines = raw.begin();
            Recording ourLines = relay.begin();
            container.pace(rate, duration);
            caughtUp();
            Percentiles ours = ourLines.ages();
            Percentiles theirs = rawLines.ages();
            if (ourLines.missing() + ourLines.repeated() > 0) {
                report.note(where + ": " + ourLines.missing() + " missing, " + ourLines.repeated() + " repeated");
            }
            Figure median = Figure.of(PART, where + ", p50", ours.p50(), "ms").beside("raw reader", theirs.p50());
            Figure slowest = Figure.of(PART, where + ", p99", ours.p99(), "ms").beside("raw reader", theirs.p99());
            report.add(median);
            report.add(rate == FAST ? slowest.atMost(40) : slowest);
            if (rate == SLOW) {
                report.add(Figure.of(PART, where + ", we add to p50", ours.p50() - theirs.p50(), "ms")
                        .atMost(topology == Topology.ONE_JVM ? 0.25 : 0.3));
                report.add(Figure.of(PART, where + ", we add to p99", ours.p99() - theirs.p99(), "ms")
                        .atMost(2));
            }
        }

        private void caughtUp() {
            raw.await(container.written(), PATIENCE);
            relay.await(container.written(), PATIENCE);
        }
    }

    private static void pollingReader(BenchContext stage, Report report) throws IOException {
        try (FedContainer container = FedContainer.start(stage.engine(), "polled", LineKind.PLAIN);
                PollingReader reader = new PollingReader(stage.engine().socket(), container.id())) {
            container.pace(SLOW, stage.seconds(15));
            Percentiles ages = reader.end();
            report.add(Figure.of(PART, "for comparison: tail=50 polled every 500 ms, p50", ages.p50(), "ms"));
            report.add(Figure.of(PART, "for comparison: tail=50 polled every 500 ms, p99", ages.p99(), "ms"));
        }
    }
}
